import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Role, roles } from '../../../src/core/console/roles.ts';
import { consoleRows } from '../../../src/hub/console/routes.ts';
import { ConsoleClient, joined } from '../../support/console-client.ts';
import { openEmbedded } from '../../support/embedded.ts';
import { type TestHub, testHub } from '../../support/test-hub.ts';

/** Written by hand, apart from the table in the code: who may ask what. */
const allowed: Readonly<Record<string, readonly Role[]>> = {
  'GET /session': ['admin', 'supervisor', 'auditor', 'desk'],
  'DELETE /session': ['admin', 'supervisor', 'auditor', 'desk'],
  'GET /me': ['admin', 'supervisor', 'auditor', 'desk'],
  'POST /me/password': ['admin', 'supervisor', 'auditor', 'desk'],
  'POST /me/totp-offer': ['admin', 'supervisor', 'auditor', 'desk'],
  'POST /me/totp': ['admin', 'supervisor', 'auditor', 'desk'],
  'POST /me/totp-off': ['admin', 'supervisor', 'auditor', 'desk'],
  'POST /me/passkey-options': ['admin', 'supervisor', 'auditor', 'desk'],
  'POST /me/passkeys': ['admin', 'supervisor', 'auditor', 'desk'],
  'DELETE /me/passkeys/:id': ['admin', 'supervisor', 'auditor', 'desk'],
  'DELETE /me/sessions/:id': ['admin', 'supervisor', 'auditor', 'desk'],
  'GET /operators': ['admin'],
  'POST /operators': ['admin'],
  'PUT /operators/:id': ['admin'],
  'POST /operators/:id/reset': ['admin'],
  'GET /acts': ['admin', 'auditor'],
  'GET /gates': ['admin', 'supervisor', 'auditor'],
  'POST /gates': ['admin', 'supervisor'],
  'PUT /gates/:id': ['admin', 'supervisor'],
  'POST /gates/import': ['admin', 'supervisor'],
  'GET /sites': ['admin', 'supervisor', 'auditor'],
  'PUT /sites/:id': ['admin'],
  'DELETE /sites/:id': ['admin'],
  'GET /devices': ['admin', 'supervisor', 'auditor'],
  'GET /devices/:id': ['admin', 'supervisor', 'auditor'],
  'POST /devices/:id/confirm': ['admin', 'supervisor'],
  'POST /devices/:id/revoke': ['admin', 'supervisor'],
  'POST /devices/:id/replace': ['admin', 'supervisor'],
  'POST /devices/:id/drop-quarantine': ['admin', 'supervisor'],
  'POST /codes': ['admin', 'supervisor'],
  'GET /day': ['admin', 'supervisor', 'auditor'],
  'POST /entries/search': ['admin', 'supervisor', 'auditor'],
  'POST /entries/conflicts': ['admin', 'supervisor', 'auditor'],
  'GET /entries/export': ['admin', 'supervisor'],
  'POST /shifts/search': ['admin', 'supervisor', 'auditor'],
  'GET /shifts/:device/:shift': ['admin', 'supervisor', 'auditor'],
  'GET /day/events': ['admin', 'supervisor', 'auditor'],
  'GET /heat': ['admin', 'supervisor', 'auditor'],
  'GET /demo-data': ['admin'],
  'POST /demo-data': ['admin'],
  'GET /failing': ['admin'],
  'POST /codes/uses': ['admin', 'supervisor', 'auditor'],
  'POST /desk-pass': ['admin', 'auditor', 'desk'],
};
/** For anybody who reaches the hub, and nothing else is. */
const public_ = [
  'GET /ways-in',
  'POST /session',
  'POST /session/passkey-options',
  'POST /session/passkey',
  'POST /invitation',
  'POST /invitation/passkey-options',
  'POST /invitation/take',
];

const nameOf = ({ method, path }: { method: string; path: string }) => `${method} ${path}`;
const real = (path: string) => `/console/api${path.replaceAll(/:\w+/g, 'AAAAAAAAAAAAAAAAAAAAAA')}`;

describe('every route of the console × every role', () => {
  let hub: TestHub;
  const clients = new Map<Role, ConsoleClient>();
  beforeAll(async () => {
    hub = await testHub(await openEmbedded());
    for (const role of roles) clients.set(role, await joined(hub, `one ${role}`, role));
  });
  afterAll(() => hub.sql.close());

  it('each is in the table, which names no other', () => {
    const names = consoleRows.map(nameOf).sort();
    expect(names).toEqual([...Object.keys(allowed), ...public_].sort());
    expect(new Set(names).size).toBe(names.length);
  });

  const closed = consoleRows.filter((row) => !public_.includes(nameOf(row)));

  it.each(closed.flatMap((row) => roles.map((role) => [nameOf(row), role, row] as const)))(
    '%s by %s',
    async (name, role, row) => {
      const cookie = clients.get(role)?.cookie;
      const client = new ConsoleClient(hub, cookie);
      const body = row.method === 'GET' || row.method === 'DELETE' ? undefined : {};
      const { status, body: said } = await client.ask(row.method, real(row.path), body);
      const isRefused = status === 403 && said.code === 'not-allowed';
      expect(isRefused).toBe(!allowed[name]?.includes(role));
      expect([401, 500]).not.toContain(
        isRefused ? 0 : status === 401 && said.code === 'sign-in-failed' ? 0 : status,
      );
      if (name === 'DELETE /session') {
        const again = new ConsoleClient(hub);
        await again.signIn(`one ${role}`);
        clients.set(role, again);
      }
    },
  );

  it.each(closed.map((row) => [nameOf(row), row] as const))('%s by nobody', async (_, row) => {
    const { status, body } = await new ConsoleClient(hub).ask(row.method, real(row.path));
    expect([status, body.code]).toEqual([401, 'sign-in-needed']);
  });

  it.each(
    consoleRows.filter(({ method }) => method !== 'GET').map((row) => [nameOf(row), row] as const),
  )('%s from another site’s page, or from one that does not say', async (_, row) => {
    const client = new ConsoleClient(hub, clients.get('admin')?.cookie);
    for (const headers of [
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { 'sec-fetch-site': 'none' },
    ]) {
      const { status, body } = await client.ask(row.method, real(row.path), undefined, headers);
      expect([status, body.code]).toEqual([403, 'cross-site']);
    }
    const bare = { method: row.method, headers: { cookie: client.cookie ?? '' } };
    const silent = await hub.app.request(`https://hub.example${real(row.path)}`, bare);
    expect(silent.status).toBe(403);
    const headers = { ...bare.headers, origin: 'https://evil.example' };
    const named = await hub.app.request(`https://hub.example${real(row.path)}`, {
      ...bare,
      headers,
    });
    expect(named.status).toBe(403);
  });

  it.each(consoleRows.map((row) => [nameOf(row), row] as const))(
    '%s with a NUL wherever one can stand: refused, and no fault of ours',
    async (_, row) => {
      const client = new ConsoleClient(hub, clients.get('admin')?.cookie);
      const nul = 'a\u0000b';
      const body = {
        name: nul,
        password: nul,
        token: nul,
        reason: nul,
        ids: [nul],
        site: { id: nul },
      };
      const sends = row.method === 'POST' || row.method === 'PUT';
      const path = `/console/api${row.path.replaceAll(/:\w+/g, 'a%00b')}`;
      const query = 'search=%00&before=%00&operator=%00&act=%00&after=%00&offset=%00';
      expect((await client.ask(row.method, `${path}?${query}`)).status).toBe(400);
      // a route that wants no body looks at none
      if (sends) expect((await client.ask(row.method, path, body)).status).toBeLessThan(500);
    },
  );

  it('an older browser that only says its origin is our page too', async () => {
    const headers = { cookie: clients.get('admin')?.cookie ?? '', origin: 'https://hub.example' };
    const asked = await hub.app.request('https://hub.example/console/api/me/totp-offer', {
      method: 'POST',
      headers,
    });
    expect(asked.status).toBe(200);
  });
});
