import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importFacts } from '../../../src/authority/facts/import-facts.ts';
import { generateKey, publicHalf } from '../../../src/authority/keys.ts';
import type { DayAsks } from '../../../src/core/health/day-proof.ts';
import { toSeconds } from '../../../src/core/units.ts';
import { testPersons } from '../../../src/demo/test-persons.ts';
import { holderPhone } from '../../support/authority/holder-phone.ts';
import { factsFile, testSource } from '../../support/authority/people.ts';
import { said, scanned } from '../../support/authority/scanner.ts';
import {
  citizen,
  type TestAuthority,
  testAuthority,
} from '../../support/authority/test-authority.ts';
import { home } from '../../support/passes.ts';

let at: TestAuthority;
beforeAll(async () => {
  at = await testAuthority();
  await at.publish();
});
afterAll(() => at.close());

async function fact(id: string, number: string, over: object = {}): Promise<void> {
  const source = await testSource(at.sql, `s-${id}`);
  const now = at.clock.wall();
  const line = { id, kind: 'order', type: 'resident-id', number, at: toSeconds(now), ...over };
  const file = await factsFile(source, 'b', [line]);
  const done = await importFacts(file, { ...at, now, by: 'command-line' });
  expect(done).toMatchObject({ ok: true, value: { taken: 1 } });
}

describe('a live code', () => {
  it('is none before the first declaration, and green for who has declared nothing', async () => {
    const browser = await citizen(at, 'zhang');
    expect((await browser.live()).body).toMatchObject({ status: 409, code: 'declare-first' });
    expect((await browser.declare()).body).toEqual({ left: 2 });
    const made = await browser.live();
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({
      ...{ state: 'g', colour: 'green', level: 'clear', name: '张*三', nextS: 15 },
      ...{ id: expect.stringMatching(/^12…[\dX]{2}$/) },
      issuer: { id: 'CN-TJ', hotline: '88908890' },
    });
    expect(made.body.exp - made.body.iat).toBe(60);
    expect(await said(at, made.body.text)).toBe('pass/admitted');
    expect(await said(at, made.body.text, { ageS: 90 })).toBe('stop/stale');
  }, 60_000);

  it('is bound to a gate where that is asked', async () => {
    const browser = await citizen(at, 'zhang');
    const { body } = await browser.live({ aud: home.id });
    expect(await said(at, body.text)).toBe('pass/admitted');
    expect(await said(at, body.text, { gate: { ...home, id: 'another' } })).toBe('stop/wrong-gate');
    expect((await browser.live({ aud: 'a gate' })).status).toBe(400);
  });

  it('asked for a hundred times a minute is refused, with when to come again', async () => {
    const browser = await citizen(at, 'li');
    await browser.declare();
    const answers = [];
    for (let i = 0; i < 100; i++) {
      answers.push(await browser.live());
      at.clock.tick(600);
    }
    const made = answers.filter(({ status }) => status === 201).length;
    expect(made).toBeGreaterThanOrEqual(8);
    expect(made).toBeLessThanOrEqual(16);
    const refused = answers.find(({ status }) => status === 429);
    expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThan(0);
    const { id } = (await browser.get('/api/me')).body;
    expect((await browser.live({ relative: id })).status).toBe(429); // no second allowance by one's own id
    const own = await citizen(at, 'zhang');
    expect((await own.live()).status).toBe(201); // nobody spends another's
    at.clock.tick(15_000);
    expect((await browser.live()).status).toBe(201);
  });

  it('one by hand of every document type is read by a scanner, with a mask that a pass can hold', async () => {
    for (const { id, name } of testPersons) {
      const browser = await citizen(at, id);
      await browser.declare();
      const { body, status } = await browser.live();
      expect(status).toBe(201);
      const verdict = await scanned(at, body.text);
      expect(`${verdict.state}/${verdict.reason}`).toBe('pass/admitted');
      expect(JSON.stringify(body)).not.toContain(name);
    }
  });

  it('a fourth declaration says when the next day begins', async () => {
    const browser = await citizen(at, 'hong-kong');
    for (const _ of [1, 2]) await browser.declare();
    const fourth = await browser.declare();
    expect(fourth.body).toMatchObject({ status: 429, code: 'declared-thrice' });
    const midnight = Date.UTC(2026, 5, 1, 16);
    const expected = Math.ceil((midnight - at.clock.wall()) / 1000);
    expect(Number(fourth.headers.get('retry-after'))).toBe(expected);
  });

  it('a declared place that is not where the phone is gives a hint and no colour', async () => {
    const browser = await citizen(at, 'taiwan');
    const { body } = await browser.declare({ seenAt: '130102' });
    expect(body).toEqual({ left: 1, hint: 'seen-elsewhere' });
    expect((await browser.get('/api/me')).body).toMatchObject({
      state: 'g',
      code: 'ready',
      because: [],
    });
  });
});

describe('a day credential', () => {
  it('is the phone’s own, good for a day with stamps of its key alone', async () => {
    const browser = await citizen(at, 'zhang');
    const own = await holderPhone(browser);
    const { body, status } = await own.day();
    expect(status).toBe(201);
    expect(body.exp - body.iat).toBe(86_400);
    expect(await said(at, await own.shown(body.credential))).toBe('pass/admitted');
    const thief = await holderPhone(browser);
    expect(await said(at, await thief.shown(body.credential))).toBe('stop/bad-signature');
    at.clock.tick(3_600_000);
    expect(await said(at, await own.shown(body.credential))).toBe('pass/admitted');
  });

  it('wants a proof of the key, of now, for this issuer', async () => {
    const browser = await citizen(at, 'zhang');
    const own = await holderPhone(browser);
    const code = async (over: Partial<DayAsks>) => (await own.day(over)).body.code;
    expect(await code({ iss: 'CN-HE' })).toBe('bad-proof');
    expect(await code({ iat: toSeconds(at.clock.wall()) - 301 })).toBe('bad-proof');
    expect(await code({ jwk: publicHalf(await generateKey('other')) })).toBe('bad-proof');
    expect((await browser.post('/api/codes/day', 'nonsense')).body.code).toBe('bad-proof');
    expect(await code({ relative: 'nobody' })).toBe('not-your-relative');
  });

  it('bound to a gate is refused at another', async () => {
    const own = await holderPhone(await citizen(at, 'zhang'));
    const { body } = await own.day({ aud: 'another' });
    expect(await said(at, await own.shown(body.credential))).toBe('stop/wrong-gate');
  });

  it('is revoked within a minute when its holder turns red, and the next live code is red', async () => {
    const browser = await citizen(at, 'zhang');
    const own = await holderPhone(browser);
    const other = await holderPhone(await citizen(at, 'li'));
    const [mine, theirs] = [(await own.day()).body, (await other.day()).body];
    const live = (await browser.live()).body;
    const until = toSeconds(at.clock.wall()) + 7200;
    await fact('red', testPersons[0]?.number ?? '', { until });
    const red = (await browser.live()).body;
    expect(red).toMatchObject({ state: 'r', colour: 'red' });
    at.clock.tick(30_000);
    await at.publish();
    expect(await said(at, await own.shown(mine.credential))).toBe('stop/revoked');
    expect(await said(at, live.text)).toBe('stop/revoked'); // also the one still on the screen
    expect(await said(at, await other.shown(theirs.credential))).toBe('pass/admitted');
    expect(await said(at, red.text)).toBe('stop/colour-stop');
    const me = (await browser.get('/api/me')).body;
    expect(me).toMatchObject({ state: 'r', until, because: [{ class: 'order', until }] });
    expect(JSON.stringify(me)).not.toContain('s-red'); // the class of a reason, and nothing more
    const fresh = (await own.day()).body;
    expect(await said(at, await own.shown(fresh.credential))).toBe('stop/colour-stop');
  });

  it('made at the very moment its holder turns red is among those that are revoked', async () => {
    const browser = await citizen(at, 'macao');
    const own = await holderPhone(browser);
    const [{ body }] = await Promise.all([
      own.day(),
      fact('race', 'M12345678', { type: 'hk-macao-permit' }),
    ]);
    await at.publish();
    const end = await said(at, await own.shown(body.credential));
    expect(['stop/revoked', 'stop/colour-stop']).toContain(end);
  });

  it('two of one person tell nothing of each other: their indices are drawn', async () => {
    const own = await holderPhone(await citizen(at, 'resident'));
    for (const _ of [1, 2, 3]) expect((await own.day()).status).toBe(201);
    const rows = await at.sql.query<{ idx: number }>(
      `select idx from status_indices where kind = 'credential' order by expires_at desc limit 3`,
    );
    const [a = 0, b = 0, c = 0] = rows.map(({ idx }) => idx).sort((x, y) => x - y);
    expect(b - a).toBeGreaterThan(1);
    expect(c - b).toBeGreaterThan(1);
  });
});

describe('no code at all', () => {
  it('where a rule could not be worked out for the person', async () => {
    const browser = await citizen(at, 'passport');
    const { id } = (await browser.get('/api/me')).body;
    await at.sql.query('update standings set state = null where person = $1', [id]);
    expect((await browser.live()).body.code).toBe('state-unknown');
  });

  it('of a scheme that is retired or suspended, or by a clock in doubt', async () => {
    const closed = await testAuthority({ signing: { doubt: () => 'behind' } });
    try {
      const browser = await citizen(closed, 'zhang');
      await browser.declare();
      expect((await browser.live()).body.code).toBe('clock-doubtful');
    } finally {
      await closed.close();
    }
    const retired = await testAuthority();
    try {
      const browser = await citizen(retired, 'zhang');
      await browser.declare();
      const seat = retired.seat as { signer: unknown };
      seat.signer = async () => undefined; // as `openSeat` answers for an issuer that is not active
      expect((await browser.live()).body.code).toBe('issuer-closed');
    } finally {
      await retired.close();
    }
  });
});

describe('the national and international code', () => {
  it('has no colour, lists notices with their words, and masks a foreign name', async () => {
    const national = await testAuthority({ issuer: 'CN' });
    try {
      const browser = await citizen(national, 'passport');
      await browser.declare();
      const clear = (await browser.live()).body;
      expect(clear).toMatchObject({ state: 'n', colour: 'none', notices: [], name: 'E***a M***n' });
      expect(clear.label.en).toBe('Nothing abnormal');
      expect(await said(national, clear.text)).toBe('pass/admitted');
      await browser.declare({ abroad: true });
      const noticed = (await browser.live()).body;
      expect(noticed.notices).toMatchObject([{ code: 'a3', label: { en: expect.any(String) } }]);
      expect(await said(national, noticed.text)).toBe('check/notice');
    } finally {
      await national.close();
    }
  });
});
