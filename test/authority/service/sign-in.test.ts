import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { beginFlow, flowMs, takeFlow } from '../../../src/authority/sign-in/flows.ts';
import { epochMillis } from '../../../src/core/units.ts';
import { testPersons } from '../../../src/demo/test-persons.ts';
import {
  Browser,
  citizen,
  type TestAuthority,
  testAuthority,
} from '../../support/authority/test-authority.ts';
import { randomBytes } from '../../support/passes.ts';

let at: TestAuthority;
beforeAll(async () => {
  at = await testAuthority();
});
afterAll(() => at.close());

const failed = '/citizen/#sign-in-failed';

describe('signing in', () => {
  it.each(testPersons)('takes $id, by $type, and shows a mask and nothing else', async (person) => {
    const me = await (await citizen(at, person.id)).get('/api/me');
    expect(me.status).toBe(200);
    expect(me.body).toMatchObject({
      type: person.type,
      code: 'declare-first',
      declarationsLeft: 3,
    });
    expect(JSON.stringify(me.body)).not.toContain(person.number);
    expect(JSON.stringify(me.body)).not.toContain(person.name);
  });

  it('the same person by another browser is the same person', async () => {
    const ids = await Promise.all(
      [1, 2].map(async () => (await (await citizen(at, 'zhang')).get('/api/me')).body.id),
    );
    expect(ids[0]).toBe(ids[1]);
  });

  it('an answer that is replayed, also with its cookie, is refused', async () => {
    const browser = new Browser(at);
    const path = await browser.provided('zhang');
    const jar = new Map(browser.cookies);
    expect((await browser.get(path)).headers.get('location')).toBe('/citizen/');
    for (const [name, value] of jar) browser.cookies.set(name, value);
    expect((await browser.get(path)).headers.get('location')).toBe(failed);
  });

  it('what a browser began is taken once, of two at the same moment too, and only in time', async () => {
    const now = at.clock.wall();
    const { token, flow } = await beginFlow(at.sql, randomBytes, now);
    const taken = await Promise.all([1, 2].map(() => takeFlow(at.sql, token, now)));
    expect(taken.filter((one) => one !== undefined)).toEqual([flow]);
    expect(await takeFlow(at.sql, token, now)).toBeUndefined();
    const second = await beginFlow(at.sql, randomBytes, now);
    const over = epochMillis(now + flowMs);
    expect(await takeFlow(at.sql, second.token, over)).toBeUndefined();
  });

  it('an answer brought by another browser signs nobody in (a link that was sent)', async () => {
    const path = await new Browser(at).provided('zhang');
    const other = new Browser(at);
    expect((await other.get(path)).headers.get('location')).toBe(failed);
    await other.get('/sign-in'); // it has a flow of its own, and the state is another one's
    expect((await other.get(path)).headers.get('location')).toBe(failed);
    expect((await other.get('/api/me')).status).toBe(401);
  });

  it('an answer that comes after ten minutes, or with another state or code, is refused', async () => {
    for (const bend of [
      (path: string) => path.replace(/state=[^&]+/, 'state=AAAA'),
      (path: string) => path.replace(/code=[^&]+/, 'code=AAAA'),
      (path: string) => path.replace(/iss=[^&]+/, 'iss=https%3A%2F%2Fother.example'),
    ]) {
      const browser = new Browser(at);
      const bent = bend(await browser.provided('zhang'));
      expect((await browser.get(bent)).headers.get('location')).toBe(failed);
    }
    const slow = new Browser(at);
    const path = await slow.provided('zhang');
    at.clock.tick(10 * 60_000);
    expect((await slow.get(path)).headers.get('location')).toBe(failed);
  });

  it('a session is a new token each time, hidden from pages, kept as a hash, and ends by signing out', async () => {
    const browser = await citizen(at, 'li');
    const [token = ''] = [...browser.cookies.values()];
    expect((await at.sql.query('select token_sha256 from sessions')).length).toBeGreaterThan(0);
    const kept = await at.sql.query<{ token_sha256: string }>('select token_sha256 from sessions');
    expect(kept.some((row) => row.token_sha256 === token)).toBe(false);
    const other = new Browser(at);
    const path = await other.provided('li');
    other.cookies.set('__Secure-kakou-citizen', token);
    const came = await other.get(path);
    const set = came.headers
      .getSetCookie()
      .find((one) => one.startsWith('__Secure-kakou-citizen='));
    expect(set).toMatch(/; HttpOnly/);
    expect(set).toMatch(/; SameSite=Strict/);
    expect(set).toMatch(/; Secure/);
    expect(set).not.toContain(token);
    expect((await browser.delete('/api/session')).status).toBe(200);
    browser.cookies.set('__Secure-kakou-citizen', token);
    expect((await browser.get('/api/me')).status).toBe(401);
    expect((await other.get('/api/me')).status).toBe(200);
  });

  it('another site’s page changes nothing, with the cookie or without', async () => {
    const browser = await citizen(at, 'li');
    const cross = { 'sec-fetch-site': 'cross-site' };
    expect((await browser.ask('POST', '/api/declarations', {}, cross)).status).toBe(403);
    expect((await browser.ask('DELETE', '/api/session', {}, cross)).status).toBe(403);
    expect((await browser.get('/api/me')).status).toBe(200);
  });

  it('everything of citizens asks for a session, and everything of the desk for one of the desk', async () => {
    const stranger = new Browser(at);
    const own = await citizen(at, 'li');
    for (const path of ['/api/me', '/api/declarations', '/api/relatives', '/api/appeals']) {
      expect((await stranger.get(path)).status).toBe(401);
      expect((await own.get(path)).status).toBe(200);
    }
    for (const path of ['/desk/session', '/desk/appeals', '/desk/statistics', '/desk/acts'])
      expect((await own.get(path)).status).toBe(401);
  });

  it('a session that is not used for a week is over', async () => {
    const browser = await citizen(at, 'li');
    at.clock.tick(7 * 86_400_000 - 1);
    expect((await browser.get('/api/me')).status).toBe(200);
    at.clock.tick(7 * 86_400_000);
    expect((await browser.get('/api/me')).status).toBe(401);
  });

  it('too often from one address is refused for a while', async () => {
    const browser = new Browser(at);
    let last = 303;
    for (let i = 0; i < 61 && last === 303; i++) last = (await browser.get('/sign-in')).status;
    expect(last).toBe(429);
    at.clock.tick(3_600_000);
    expect((await browser.get('/sign-in')).status).toBe(303);
  });
});
