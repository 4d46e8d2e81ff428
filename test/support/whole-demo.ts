import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { migrate } from '../../src/authority/store/migrations.ts';
import { acceptTrust, noMarks } from '../../src/core/trust/accept.ts';
import { parseBundle } from '../../src/core/trust/bundle.ts';
import { peekSignedFile } from '../../src/core/trust/signed-file.ts';
import { epochMillis } from '../../src/core/units.ts';
import { verifyPass } from '../../src/core/verify/pipeline.ts';
import { openDatabase } from '../../src/node/store/open-database.ts';
import { builtHub, prepareData, shortLived } from './built-hub.ts';
import { onceARun } from './once-a-run.ts';
import { home } from './passes.ts';

const main = await builtHub();

/** Where hub and issuing side find the databases that they would make in a new folder. */
export async function prepareDemo(folder: string): Promise<void> {
  await prepareData(folder);
  const own = await onceARun('authority-data', async (made) =>
    (await openDatabase({ folder: made, migrate, onError() {} })).close(),
  );
  cpSync(own, join(folder, 'authority'), { recursive: true });
}

/** `npm start` without its build: hub and issuing side, and everything they say. */
export interface WholeDemo {
  readonly hub: ChildProcess;
  readonly said: () => string;
  readonly ended: Promise<number | null>;
}

export function startDemo(data: string, ...args: string[]): WholeDemo {
  const command = [...shortLived, main, '--demo', '--port', '0', '--data', data, ...args];
  const env = { ...process.env, DATABASE_URL: '' };
  const hub = spawn(process.execPath, command, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let text = '';
  for (const stream of [hub.stdout, hub.stderr]) {
    stream.on('data', (chunk) => {
      text += chunk;
    });
  }
  const ended = new Promise<number | null>((resolve) => hub.once('exit', resolve));
  return { hub, said: () => text, ended };
}

/** The process of the issuing side, which the hub has started. */
export function issuingPid({ pid = 0 }: ChildProcess): number | undefined {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ');
  return children
    .map(Number)
    .find((one) => readFileSync(`/proc/${one}/cmdline`, 'utf8').includes('authority/main.ts'));
}

/** What a scanner that has just synced with this hub says of a code: `state/reason`. */
export async function scannedAt(url: string, text: string): Promise<string> {
  const bytes = async (path: string) =>
    new Uint8Array(await (await fetch(`${url}/v1/${path}`)).arrayBuffer());
  const [pinnedRoot, bundle] = [await bytes('root/1'), await bytes('bundle')];
  const payload = peekSignedFile(bundle, bundle.length);
  const read = payload.ok ? parseBundle(payload.value) : payload;
  if (!read.ok) throw new Error('no bundle');
  const lists: Record<string, { list: string; delta?: string }> = {};
  for (const { id, list: pin } of read.value.issuers) {
    if (!pin) continue;
    const list = await (await fetch(`${url}${pin.uri}`)).text();
    const delta = pin.delta && (await (await fetch(`${url}${pin.delta.uri}`)).text());
    lists[id] = delta === undefined ? { list } : { list, delta };
  }
  const now = Date.now();
  const files = { pinnedRoot, roots: [], bundle, lists };
  const accepted = await acceptTrust(files, noMarks, Math.floor(now / 1000) as never);
  if (!accepted.ok) throw new Error(`${accepted.error.file} ${accepted.error.problem}`);
  const { state, reason } = await verifyPass(text, {
    now: { at: epochMillis(now), quality: 'synced' },
    trust: accepted.value.view,
    gate: home,
  });
  return `${state}/${reason}`;
}

/** A browser at one address, with its cookies. */
export class DemoBrowser {
  readonly cookies = new Map<string, string>();
  readonly url: string;

  constructor(url: string) {
    this.url = url;
  }

  async ask(method: string, path: string, body?: string, type = 'application/json') {
    const jar = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await fetch(new URL(path, this.url), {
      method,
      redirect: 'manual',
      headers: { origin: this.url, 'content-type': type, ...(jar && { cookie: jar }) },
      ...(body !== undefined && { body }),
    });
    for (const cookie of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      if (value === '') this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    return answer;
  }

  get = (path: string) => this.ask('GET', path);
  post = (path: string, body: object) =>
    this.ask('POST', `/authority${path}`, JSON.stringify(body));

  /** By the provider of invented people, as a browser follows its links. */
  async signIn(person: string): Promise<string | null> {
    const there = (await this.get('/authority/sign-in')).headers.get('location') ?? '';
    const back = (await this.get(`${there}&person=${person}`)).headers.get('location') ?? '';
    return (await this.get(back)).headers.get('location');
  }
}
