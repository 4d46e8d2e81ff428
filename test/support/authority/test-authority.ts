import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Hono } from 'hono';
import pino from 'pino';
import { type AuthorityOptions, createAuthority } from '../../../src/authority/app.ts';
import { signerOf } from '../../../src/authority/keys.ts';
import { type ColumnCipher, columnCipher } from '../../../src/authority/privacy/column-cipher.ts';
import { newSecrets } from '../../../src/authority/privacy/secrets.ts';
import { publishList } from '../../../src/authority/publishing/publish-list.ts';
import { openSeat, type Seat } from '../../../src/authority/publishing/seat.ts';
import { takeListOver } from '../../../src/authority/publishing/take-over.ts';
import { openidProvider } from '../../../src/authority/sign-in/openid.ts';
import { putRulesInForce } from '../../../src/authority/standing/use-rules.ts';
import { toBase64url } from '../../../src/core/base64url.ts';
import type { Role } from '../../../src/core/console/roles.ts';
import type { Declaration } from '../../../src/core/health/declaration.ts';
import { signDeskPass } from '../../../src/core/health/desk-pass.ts';
import { epochSeconds, toSeconds } from '../../../src/core/units.ts';
import { demoHealthRules } from '../../../src/demo/demo-health-rules.ts';
import { demoKeys } from '../../../src/demo/demo-keys.ts';
import { demoPublish } from '../../../src/demo/demo-set.ts';
import { demoProvider } from '../../../src/demo/identity-provider.ts';
import { type TestPerson, testPersons } from '../../../src/demo/test-persons.ts';
import type { Sql } from '../../../src/node/database.ts';
import { type FakeClock, fakeClock } from '../fakes/fake-clock.ts';
import { randomBytes } from '../passes.ts';
import { openAuthority } from './databases.ts';
import { declared } from './people.ts';

export interface TestAuthority {
  readonly app: Hono;
  readonly provider: Hono;
  readonly sql: Sql;
  readonly clock: FakeClock;
  readonly cipher: ColumnCipher;
  readonly seat: Seat;
  /** The published trust files. */
  readonly folder: string;
  /** Every line logged so far. */
  readonly lines: string[];
  publish(): Promise<unknown>;
  close(): Promise<void>;
}

const origin = 'https://code.example';

/** The issuing side of CN-TJ on the demo keys, with a provider of invented people and its own folder. */
export async function testAuthority(
  options: Partial<AuthorityOptions> & {
    persons?: readonly TestPerson[];
    issuer?: 'CN-TJ' | 'CN-HE' | 'CN';
    clock?: FakeClock;
  } = {},
): Promise<TestAuthority> {
  const { clock = fakeClock(Date.UTC(2026, 5, 1, 2)) } = options; // 10:00 in Shanghai
  const now = () => toSeconds(clock.wall());
  const sql = await openAuthority();
  const folder = mkdtempSync(join(tmpdir(), 'kakou-issuing-'));
  await demoPublish({ dir: folder, now: now(), dryRun: false });
  const { persons = testPersons, issuer: id = 'CN-TJ', clock: _, ...rest } = options;
  const own = demoKeys().issuers[id];
  if (!own) throw new Error('no keys');
  const seat = openSeat(folder, id, Object.values(own));
  await takeListOver(sql, seat, folder, clock.wall());
  const cipher = columnCipher(newSecrets(randomBytes), randomBytes);
  const rules = demoHealthRules[id];
  await putRulesInForce(rules, { sql, now: clock.wall(), by: 'command-line' });
  const client = {
    ...{ clientId: 'kakou', clientSecret: 'a secret: with / odd + signs' },
    redirect: `${origin}/authority/sign-in/back`,
  };
  const issuer = 'https://id.example/demo/id';
  const provider = await demoProvider({ ...client, issuer, persons, random: randomBytes, now });
  const lines: string[] = [];
  const log = pino({}, { write: (line: string) => lines.push(line) });
  const app = createAuthority({
    ...{ sql, cipher, clock, random: randomBytes, log, seat, trustProxy: false },
    home: '/citizen/',
    provider: openidProvider({
      ...{ ...client, issuer, clock: () => clock.wall() },
      fetch: async (url, init) =>
        provider.request(new URL(url).pathname.replace('/demo/id', ''), init as RequestInit),
    }),
    ...rest,
  });
  const bundleSigners = await Promise.all(demoKeys().bundle.map(signerOf));
  return {
    ...{ app, provider, sql, clock, cipher, seat, folder, lines },
    publish: () => publishList({ sql, seat, folder, bundleSigners }, clock.wall()),
    async close() {
      rmSync(folder, { recursive: true });
      await sql.close();
    },
  };
}

export interface Came {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: a test says what it expects of it
  readonly body: any;
  readonly headers: Headers;
}

/** A browser at the issuing side, with its cookies; the page is our own unless `headers` say otherwise. */
export class Browser {
  readonly cookies = new Map<string, string>();
  readonly at: TestAuthority;
  /** What the console does when its session at the desk is over: gets the hub's word anew. */
  renew: (() => Promise<unknown>) | undefined;

  constructor(at: TestAuthority) {
    this.at = at;
  }

  async ask(
    method: string,
    path: string,
    body?: unknown,
    headers: HeadersInit = {},
  ): Promise<Came> {
    const jar = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
    const answer = await this.at.app.request(`${origin}/authority${path}`, {
      method,
      headers: { 'sec-fetch-site': 'same-origin', ...(jar && { cookie: jar }), ...headers },
      ...(text !== undefined && { body: text }),
    });
    for (const cookie of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      if (value === '') this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    const said = await answer.text();
    const isJson = answer.headers.get('content-type')?.includes('json');
    return {
      status: answer.status,
      body: isJson ? JSON.parse(said) : said,
      headers: answer.headers,
    };
  }

  get = (path: string) => this.renewed('GET', path);
  post = (path: string, body: unknown = {}) => this.renewed('POST', path, body);
  private async renewed(method: string, path: string, body?: unknown): Promise<Came> {
    const came = await this.ask(method, path, body);
    if (came.status !== 401 || !this.renew || path === '/desk/session') return came;
    await this.renew();
    return this.ask(method, path, body);
  }
  delete = (path: string) => this.ask('DELETE', path);

  /** To the provider and back to our door: the path with its query. */
  async provided(id: string): Promise<string> {
    const gone = await this.get('/sign-in');
    const url = new URL(gone.headers.get('location') ?? '');
    url.searchParams.set('person', id);
    const chosen = await this.at.provider.request(`/authorize${url.search}`);
    const back = new URL(chosen.headers.get('location') ?? '');
    return `${back.pathname}${back.search}`.replace('/authority', '');
  }

  async signIn(id: string): Promise<this> {
    const came = await this.get(await this.provided(id));
    const where = came.headers.get('location');
    if (where !== '/citizen/') throw new Error(`signing in ended at ${where}`);
    return this;
  }

  declare = (over: Partial<Declaration> = {}, relative?: string) =>
    this.post('/api/declarations', {
      ...{ declaration: declared(over), ...(relative !== undefined && { relative }) },
    });

  live = (body: object = {}) => this.post('/api/codes/live', body);
}

/** A citizen's browser, signed in. */
export const citizen = (at: TestAuthority, id: string): Promise<Browser> =>
  new Browser(at).signIn(id);

/** A pass of the hub's for one of its operators. */
export async function deskPass(at: TestAuthority, role: Role, over: object = {}): Promise<string> {
  const iat = toSeconds(at.clock.wall());
  const who = { operator: `op-${role}`, name: `${role} of the test`, role, aud: at.seat.id };
  const pass = { ...who, jti: toBase64url(randomBytes(16)), iat, exp: epochSeconds(iat + 60) };
  return signDeskPass({ ...pass, ...over }, await signerOf(demoKeys().receipt));
}

/** An operator's browser at the desk. */
export async function operator(at: TestAuthority, role: Role = 'desk'): Promise<Browser> {
  const browser = new Browser(at);
  const came = await browser.post('/desk/session', await deskPass(at, role));
  if (came.status !== 201) throw new Error(`the desk: ${came.status}`);
  browser.renew = async () => browser.post('/desk/session', await deskPass(at, role));
  return browser;
}
