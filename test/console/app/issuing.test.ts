import { describe, expect, it } from 'vitest';
import { createIssuing } from '../../../src/console/app/issuing.ts';
import type { Answer, Refusal } from '../../../src/console/app/remote.ts';
import type { Role } from '../../../src/core/console/roles.ts';
import type { DeskSelf } from '../../../src/core/health/desk-answers.ts';
import { err, ok } from '../../../src/core/result.ts';

type Who = { id: string; name: string; role: Role };
const fang: Who = { id: 'a', name: '王芳', role: 'desk' };

/** An issuing side with one session a browser, and the hub's passes in a row. */
function world() {
  const it = {
    self: fang as Who,
    /** Whose session the browser's cookie is. */
    session: undefined as DeskSelf | undefined,
    asked: [] as string[],
    passes: 0,
    refusal: undefined as Refusal | undefined,
    hub: undefined as Refusal | undefined,
  };
  const refused = (code: string) => err({ code });
  const remote = {
    async desk<T>(method: string, path: string, body?: object | string): Promise<Answer<T>> {
      it.asked.push(`${method} ${path}`);
      if (it.refusal && path !== '/session') return err(it.refusal);
      if (method === 'DELETE') it.session = undefined;
      if (method === 'POST' && path === '/session') {
        const [, name = '', role = ''] = String(body).split(' ');
        it.session = { name, role: role as Role, permissions: [] };
      }
      return it.session ? ok(it.session as T) : refused('sign-in-needed');
    },
  };
  const issuing = createIssuing({
    ...{ remote, self: () => it.self, now: () => 1_000_000 },
    async pass() {
      if (it.hub) return err(it.hub);
      it.passes++;
      return ok({ pass: `pass ${it.self.name} ${it.self.role}` });
    },
  });
  return { it, issuing };
}

describe('the console at the issuing side', () => {
  it('opens one session for all that ask at once, by one pass', async () => {
    const { it: at, issuing } = world();
    const came = await Promise.all([issuing.get('/appeals'), issuing.get('/statistics')]);
    expect(came.map((one) => one.ok)).toEqual([true, true]);
    expect(at.asked).toEqual([
      ...['GET /session', 'POST /session', 'GET /appeals', 'GET /statistics'],
    ]);
    expect(at.passes).toBe(1);
  });

  it('goes on with the session that the browser has, if it is of the same name and role', async () => {
    const { it: at, issuing } = world();
    at.session = { name: '王芳', role: 'desk', permissions: [] };
    await issuing.get('/appeals');
    expect(at.passes).toBe(0);
  });

  it.each([
    ['another name', { name: '李强', role: 'desk' }],
    ['another role', { name: '王芳', role: 'admin' }],
  ] as const)('never acts in the session of %s', async (_, who) => {
    const { it: at, issuing } = world();
    at.session = { ...who, permissions: [] };
    await issuing.get('/appeals');
    expect([at.passes, at.session]).toMatchObject([1, { name: '王芳', role: 'desk' }]);
  });

  it('opens anew for who signs in next, and when the session is over asks again by itself', async () => {
    const { it: at, issuing } = world();
    await issuing.get('/appeals');
    at.self = { id: 'b', name: '李强', role: 'admin' };
    await issuing.get('/appeals');
    expect([at.passes, at.session?.name]).toEqual([2, '李强']);
    at.session = undefined;
    const came = await Promise.all([issuing.get('/acts'), issuing.get('/rules')]);
    expect(came.map((one) => one.ok)).toEqual([true, true]);
    expect(at.passes).toBe(3);
  });

  it('says that the issuing side refused, and when it may be asked again', async () => {
    const { it: at, issuing } = world();
    at.refusal = { code: 'too-many', waitS: 60 };
    expect(await issuing.send('/people', {})).toEqual(
      err({ code: 'too-many', waitS: 60, issuing: true, againAt: 1_060_000 }),
    );
    at.refusal = { code: 'sign-in-needed' };
    expect(await issuing.get('/acts')).toEqual(err({ code: 'sign-in-needed', issuing: true }));
  });

  it('says what the hub said where it hands no pass, and tries again with the next question', async () => {
    const { it: at, issuing } = world();
    at.hub = { code: 'no-issuing' };
    expect(await issuing.get('/acts')).toEqual(err({ code: 'no-issuing' }));
    at.hub = undefined;
    expect((await issuing.get('/acts')).ok).toBe(true);
  });

  it('ends the session with that of the hub, though another page opened it', async () => {
    const { it: at, issuing } = world();
    at.session = { name: '王芳', role: 'desk', permissions: [] };
    await issuing.leave();
    expect([at.asked, at.session]).toEqual([['DELETE /session'], undefined]);
    await issuing.get('/acts');
    expect(at.passes).toBe(1);
  });
});
