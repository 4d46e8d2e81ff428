import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ConsoleClient, goodPassword, joined } from '../../support/console-client.ts';
import { databases } from '../../support/databases.ts';
import { type TestHub, testHub } from '../../support/test-hub.ts';

const minuteMs = 60_000;

describe.each(databases)('sessions of the console on $name', ({ open }) => {
  let hub: TestHub;
  beforeAll(async () => {
    hub = await testHub(await open());
  });
  afterAll(() => hub.sql.close());

  it('lie in a cookie that no script reads and no other site sends', async () => {
    const client = await joined(hub, 'cookie');
    const { headers } = await client.signIn('cookie');
    expect(headers.get('set-cookie')).toMatch(
      /^__Secure-kakou-console=[\w-]{43}; Max-Age=43200; Path=\/console; HttpOnly; Secure; SameSite=Strict$/,
    );
    const rows = JSON.stringify(await hub.sql.query('select * from operator_sessions'));
    expect(rows).not.toContain(client.cookie?.split('=')[1]);
  });

  it('end with signing out: a stolen cookie is worth nothing afterwards', async () => {
    const client = await joined(hub, 'out');
    const stolen = new ConsoleClient(hub, client.cookie);
    expect((await stolen.get('/session')).status).toBe(200);
    const left = await client.delete('/session');
    expect(left.headers.get('set-cookie')).toMatch(/Max-Age=0/);
    expect((await stolen.get('/session')).body.code).toBe('sign-in-needed');
  });

  it('are never one that the browser brought: what somebody planted stays nobody’s', async () => {
    await joined(hub, 'planted');
    const planted = `__Secure-kakou-console=${'A'.repeat(43)}`;
    const client = new ConsoleClient(hub, planted);
    expect((await client.signIn('planted')).status).toBe(201);
    expect(client.cookie).not.toBe(planted);
    expect((await new ConsoleClient(hub, planted).get('/session')).status).toBe(401);
  });

  it('end after 30 minutes without anything asked, not while somebody works', async () => {
    const client = await joined(hub, 'idle');
    for (let i = 0; i < 4; i++) {
      hub.clock.tick(29 * minuteMs);
      expect((await client.get('/session')).status).toBe(200);
    }
    hub.clock.tick(30 * minuteMs);
    expect((await client.get('/session')).body.code).toBe('sign-in-needed');
  });

  it('end after twelve hours, whatever is asked', async () => {
    const client = await joined(hub, 'long');
    for (let i = 0; i < 12 * 3 - 1; i++) {
      hub.clock.tick(20 * minuteMs);
      expect((await client.get('/session')).status).toBe(200);
    }
    hub.clock.tick(20 * minuteMs);
    expect((await client.get('/session')).status).toBe(401);
  });

  it('are listed by browser, and one can be ended from another', async () => {
    const desk = await joined(hub, 'two');
    const home = new ConsoleClient(hub);
    await home.signIn('two');
    const { body } = await desk.get('/me');
    expect(body.sessions).toHaveLength(2);
    const other = body.sessions.find(({ current }: { current: boolean }) => !current);
    expect((await desk.delete(`/me/sessions/${other.id}`)).status).toBe(200);
    expect((await home.get('/session')).status).toBe(401);
    expect((await desk.get('/session')).status).toBe(200);
  });

  it('of others cannot be ended, nor seen', async () => {
    const [mine, theirs] = [await joined(hub, 'mine', 'auditor'), await joined(hub, 'theirs')];
    const { session } = (await theirs.get('/session')).body;
    expect((await mine.delete(`/me/sessions/${session}`)).status).toBe(404);
    expect((await theirs.get('/session')).status).toBe(200);
    expect(JSON.stringify((await mine.get('/me')).body)).not.toContain(session);
  });

  it('elsewhere end when the password is changed, for which the old one is needed', async () => {
    const desk = await joined(hub, 'changes');
    const home = new ConsoleClient(hub);
    await home.signIn('changes');
    const password = 'another gate, in the sun';
    expect((await desk.post('/me/password', { password })).body.code).toBe('sign-in-failed');
    expect((await desk.post('/me/password', { old: goodPassword, password })).status).toBe(200);
    expect((await home.get('/session')).status).toBe(401);
    expect((await desk.get('/session')).status).toBe(200);
    expect((await new ConsoleClient(hub).signIn('changes')).status).toBe(401);
    expect((await new ConsoleClient(hub).signIn('changes', password)).status).toBe(201);
  });

  it('end at once for an account that is switched off, and roles change at once', async () => {
    const [admin, other] = [await joined(hub, 'boss'), await joined(hub, 'fired', 'admin')];
    const { id, version } = (await other.get('/session')).body;
    const to = { version, role: 'auditor', areas: 'all', disabled: false };
    expect((await admin.put(`/operators/${id}`, to)).status).toBe(200);
    expect((await other.get('/operators')).body.code).toBe('not-allowed');
    const off = { ...to, version: version + 1, disabled: true };
    expect((await admin.put(`/operators/${id}`, off)).status).toBe(200);
    expect((await other.get('/session')).status).toBe(401);
  });

  it('two admins who edit one account: the later one is told, and nothing is lost', async () => {
    const admin = await joined(hub, 'first editor');
    const other = await joined(hub, 'edited', 'supervisor');
    const { id, version } = (await other.get('/session')).body;
    const to = { version, role: 'auditor', areas: 'all', disabled: false };
    expect((await admin.put(`/operators/${id}`, to)).status).toBe(200);
    const late = await admin.put(`/operators/${id}`, { ...to, role: 'desk' });
    expect([late.status, late.body.code]).toEqual([409, 'changed-meanwhile']);
    expect((await other.get('/session')).body.role).toBe('auditor');
  });
});

describe('the last admin', () => {
  it('stays one, also when two of them switch each other off at the same time', async () => {
    for (const { open } of databases) {
      const hub = await testHub(await open());
      const [a, b] = [await joined(hub, 'one'), await joined(hub, 'other')];
      const [ia, ib] = [(await a.get('/session')).body, (await b.get('/session')).body];
      const off = ({ version }: { version: number }) => ({
        version,
        role: 'admin',
        areas: 'all',
        disabled: true,
      });
      await Promise.all([
        a.put(`/operators/${ib.id}`, off(ib)),
        b.put(`/operators/${ia.id}`, off(ia)),
      ]);
      const left = await hub.sql.query('select 1 from operators where disabled_at is null');
      expect(left).toHaveLength(1);
      const [last] = await hub.sql.query<{ id: string; version: number }>(
        'select id, version from operators where disabled_at is null',
      );
      const client = last?.id === ia.id ? a : b;
      const came = await client.put(`/operators/${last?.id}`, {
        ...off(ia),
        version: last?.version,
      });
      expect(came.body.code).toBe('last-admin');
      await hub.sql.close();
    }
  });
});
