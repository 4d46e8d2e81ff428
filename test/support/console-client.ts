import type { Areas } from '../../src/core/console/areas.ts';
import type { Role } from '../../src/core/console/roles.ts';
import { invite } from '../../src/hub/operators/invite.ts';
import type { TestHub } from './test-hub.ts';

export const goodPassword = 'a gate in the rain';

export interface Came {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: a test says what it expects of it
  readonly body: any;
  readonly headers: Headers;
}

/** A browser at the console, with its cookies; the page is the hub's own unless `headers` say otherwise. */
export class ConsoleClient {
  cookie: string | undefined;
  readonly hub: TestHub;

  constructor(hub: TestHub, cookie?: string) {
    this.hub = hub;
    this.cookie = cookie;
  }

  async ask(
    method: string,
    path: string,
    body?: unknown,
    headers: HeadersInit = {},
  ): Promise<Came> {
    const answer = await this.hub.app.request(`https://hub.example${path}`, {
      method,
      headers: {
        'sec-fetch-site': 'same-origin',
        'user-agent': 'a test',
        ...(this.cookie !== undefined && { cookie: this.cookie }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const set = answer.headers.get('set-cookie');
    if (set) this.cookie = set.split(';')[0];
    const text = await answer.text();
    const isJson = answer.headers.get('content-type')?.includes('json');
    return {
      status: answer.status,
      body: isJson ? JSON.parse(text) : text,
      headers: answer.headers,
    };
  }

  get = (path: string) => this.ask('GET', `/console/api${path}`);
  post = (path: string, body: unknown = {}) => this.ask('POST', `/console/api${path}`, body);
  put = (path: string, body: unknown) => this.ask('PUT', `/console/api${path}`, body);
  delete = (path: string) => this.ask('DELETE', `/console/api${path}`);

  signIn = (name: string, password = goodPassword, totp?: string) =>
    this.post('/session', { name, password, ...(totp !== undefined && { totp }) });
}

/** The token of a fresh invitation, as the command line makes it. */
export async function invited(
  hub: TestHub,
  name: string,
  role: Role = 'admin',
  areas: Areas = 'all',
): Promise<string> {
  const random = (length: number) => crypto.getRandomValues(new Uint8Array(length));
  const at = { sql: hub.sql, now: hub.clock.wall(), random, by: 'command-line' } as const;
  const made = await invite(at, { name, role, areas });
  if (typeof made === 'string') throw new Error(made);
  return made.token;
}

/** Somebody with an account and a session. */
export async function joined(
  hub: TestHub,
  name: string,
  role: Role = 'admin',
  areas: Areas = 'all',
): Promise<ConsoleClient> {
  const client = new ConsoleClient(hub);
  const token = await invited(hub, name, role, areas);
  const came = await client.post('/invitation/take', { token, password: goodPassword });
  if (came.status !== 201) throw new Error(`joining: ${came.status} ${JSON.stringify(came.body)}`);
  return client;
}
