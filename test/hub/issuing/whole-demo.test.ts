import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { signFactFile } from '../../../src/authority/facts/fact-file.ts';
import { generateKey, publicHalf, signerOf } from '../../../src/authority/keys.ts';
import { fromBase64url, toBase64url } from '../../../src/core/base64url.ts';
import { signDayProof } from '../../../src/core/health/day-proof.ts';
import { signDeskPass } from '../../../src/core/health/desk-pass.ts';
import { mintStamp } from '../../../src/core/pass/kakou/mint.ts';
import { epochMillis, epochSeconds, toSeconds } from '../../../src/core/units.ts';
import { demoKeys } from '../../../src/demo/demo-keys.ts';
import { testChildren, testPersons } from '../../../src/demo/test-persons.ts';
import { declared } from '../../support/authority/people.ts';
import { listening } from '../../support/hub-program.ts';
import { randomBytes } from '../../support/passes.ts';
import {
  DemoBrowser,
  issuingPid,
  prepareDemo,
  scannedAt,
  startDemo,
  type WholeDemo,
} from '../../support/whole-demo.ts';

const now = () => toSeconds(epochMillis(Date.now()));
let folder: string;
let demo: WholeDemo;
let url: string;
/** A day credential that was revoked. */
let revoked: () => Promise<string>;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'kakou-demo-'));
  await prepareDemo(folder);
  demo = startDemo(folder);
  url = `http://localhost:${await listening({ ...demo, child: demo.hub })}`;
});
afterAll(async () => {
  demo.hub.kill('SIGTERM');
  await demo.ended;
  rmSync(folder, { recursive: true, force: true });
});

/** Signed in and declared; a day credential for a key of their own. */
async function citizen(person: string) {
  const browser = new DemoBrowser(url);
  expect(await browser.signIn(person)).toBe('/citizen/');
  expect((await browser.post('/api/declarations', { declaration: declared() })).status).toBe(201);
  const live = async () => (await (await browser.post('/api/codes/live', {})).json()) as never;
  const named = await generateKey('phone');
  const { key } = await signerOf(named);
  const asks = { iss: 'CN-TJ', iat: now(), jwk: publicHalf(named) };
  const proof = await signDayProof(asks, key);
  const made = await browser.ask('POST', '/authority/api/codes/day', proof);
  const { credential } = (await made.json()) as { credential: string };
  const bytes = fromBase64url(credential) ?? new Uint8Array();
  const day = () => mintStamp(bytes, { iat: now(), jti: randomBytes(12) }, { kid: 'phone', key });
  return { browser, day, live: live as () => Promise<{ text: string; state: string }> };
}

/** The hub's word on one of its operators, taken to the desk on the same address. */
async function desk(): Promise<DemoBrowser> {
  const browser = new DemoBrowser(url);
  const who = { operator: 'op', name: 'the desk', role: 'desk', aud: 'CN-TJ' } as const;
  const times = { iat: now(), exp: epochSeconds(now() + 60) };
  const pass = { ...who, ...times, jti: toBase64url(randomBytes(16)) };
  const signed = await signDeskPass(pass, await signerOf(demoKeys().receipt));
  expect((await browser.ask('POST', '/authority/desk/session', signed)).status).toBe(201);
  return browser;
}

const revokedInTime = (code: () => Promise<string>) =>
  vi.waitFor(async () => expect(await scannedAt(url, await code())).toBe('stop/revoked'), {
    timeout: 60_000,
    interval: 2000,
  });

describe('npm start', { timeout: 240_000 }, () => {
  it('a code of the issuing side is read at its own hub, and what the desk brings stops it within a minute', async () => {
    const { live, day } = await citizen('zhang');
    const code = await live();
    expect(code.state).toBe('g');
    expect(await scannedAt(url, code.text)).toBe('pass/admitted');
    expect(await scannedAt(url, await day())).toBe('pass/admitted');

    const key = JSON.parse(readFileSync(join(folder, 'authority', 'demo-source.json'), 'utf8'));
    const { type, number } = testPersons[0] ?? {};
    const line = { id: 'f1', kind: 'order', type, number, at: now(), until: now() + 3600 };
    const file = { source: 'demo', batch: 'b1', format: 'jsonl', iat: now() } as const;
    const facts = await signFactFile({ ...file, text: JSON.stringify(line) }, await signerOf(key));
    const brought = await (await desk()).ask('POST', '/authority/desk/facts', facts);
    expect(await brought.json()).toMatchObject({ taken: 1, changed: { urgent: 1 } });

    const next = await live();
    expect(next.state).toBe('r');
    expect(await scannedAt(url, next.text)).toBe('stop/colour-stop');
    await revokedInTime(day);
    revoked = day;
  });

  it('a button turns an invented person red and takes it back; another site’s does nothing', async () => {
    const { live, day, browser } = await citizen('passport');
    const page = await (await browser.get('/demo/id/')).text();
    expect(page).toContain('>转红<');
    const press = (make: string) =>
      browser.ask(
        ...(['POST', '/demo/id/facts', `person=passport&make=${make}`] as const),
        'application/x-www-form-urlencoded',
      );
    const other = await fetch(`${url}/demo/id/facts`, {
      method: 'POST',
      headers: { origin: 'https://other.example' },
      body: 'person=passport&make=red',
    });
    expect(other.status).toBe(403);
    expect((await live()).state).toBe('g');
    expect((await press('red')).status).toBe(303);
    expect((await live()).state).toBe('r');
    await revokedInTime(day);
    await press('well');
    expect((await live()).state).toBe('g');
    expect(await scannedAt(url, await day())).toBe('stop/revoked'); // what was issued before stays revoked
  });

  it('two of the invented people are not green from the first', async () => {
    expect((await (await citizen('orange')).live()).state).toBe('o');
    expect((await (await citizen('red')).live()).state).toBe('r');
  });

  it('an issuing side that was killed is started again: its sessions go on, and what was revoked stays so', async () => {
    const { browser } = await citizen('li');
    const day = revoked; // by the facts above
    expect(await scannedAt(url, await day())).toBe('stop/revoked');
    process.kill(issuingPid(demo.hub) ?? Number.NaN, 'SIGKILL');
    const away = await vi.waitFor(async () => {
      const answer = await fetch(`${url}/authority/healthz`);
      expect(answer.status).toBe(503);
      return answer;
    });
    expect(away.headers.get('retry-after')).toBe('5');
    expect(await away.json()).toMatchObject({ code: 'issuing-away' });
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    expect(await scannedAt(url, await day())).toBe('stop/revoked');
    await vi.waitFor(
      async () => expect((await browser.get('/authority/api/me')).status).toBe(200),
      { timeout: 60_000, interval: 500 },
    );
    expect(await scannedAt(url, await day())).toBe('stop/revoked');
    expect(demo.said()).toContain('the issuing side ended and is started again');
  });

  it('ends both, and no file and no line of either holds a name or a number', async () => {
    const pid = issuingPid(demo.hub) ?? Number.NaN;
    demo.hub.kill('SIGTERM');
    expect(await demo.ended).toBe(0);
    expect(() => process.kill(pid, 0)).toThrow('ESRCH');
    const secrets = [...testPersons, ...testChildren].flatMap(({ name, number }) => [name, number]);
    const files = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((item) => item.isFile())
      .map((item) => readFileSync(join(item.parentPath, item.name)));
    expect(files.length).toBeGreaterThan(50);
    for (const secret of secrets) {
      expect(demo.said()).not.toContain(secret);
      expect(files.filter((bytes) => bytes.includes(secret))).toHaveLength(0);
    }
    const routes = [...demo.said().matchAll(/"route":"([^"]+)"/g)].map(([, route]) => route);
    expect(new Set(routes)).toContain('/authority/*');
  });

  it('over https of its own making it sends the browser back to https, and an issuing side never outlives its hub', async () => {
    demo = startDemo(folder, '--lan', '--self-signed');
    const port = await listening({ ...demo, child: demo.hub });
    const pid = issuingPid(demo.hub) ?? Number.NaN;
    const answer = await new Promise<{ location?: string | undefined; cookies: string[] }>(
      (resolve, reject) => {
        const place = { host: '127.0.0.1', port, path: '/authority/sign-in' };
        const headers = { host: `kakou.example:${port}` };
        request({ ...place, headers, rejectUnauthorized: false }, (came) => {
          const { location, 'set-cookie': cookies = [] } = came.headers;
          resolve({ location, cookies });
          came.resume();
        })
          .once('error', reject)
          .end();
      },
    );
    const there = new URL(answer.location ?? '');
    expect(there.origin).toBe(`https://kakou.example:${port}`);
    expect(there.searchParams.get('redirect_uri')).toBe(
      `https://kakou.example:${port}/authority/sign-in/back`,
    );
    expect(answer.cookies[0]).toMatch(/^__Secure-kakou-sign-in=.*Secure/);
    demo.hub.kill('SIGKILL');
    await demo.ended;
    await vi.waitFor(() => expect(() => process.kill(pid, 0)).toThrow('ESRCH'), 60_000);
  });
});
