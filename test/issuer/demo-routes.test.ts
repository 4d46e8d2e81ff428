import { expect, test } from 'vitest';
import { epochSeconds } from '../../src/core/units.ts';
import { demoRoutes } from '../../src/issuer/demo-routes.ts';

const now = epochSeconds(1_800_000_000);
const routes = demoRoutes({ now: () => now });

test('every request is stamped anew', async () => {
  const ask = async () => (await routes.request('/pass?issuer=CN-HE&state=y')).json();
  const [first, second] = [await ask(), await ask()];
  expect(first).toEqual({ text: expect.any(String), iat: now, exp: now + 60, now });
  expect(first.text).toMatch(/^KK1:/);
  expect(second.text).not.toBe(first.text);
});

test('no cache may keep a pass', async () => {
  expect((await routes.request('/pass')).headers.get('cache-control')).toBe('no-store');
});

test.each([
  ['issuer=CN-ZZ', 'unknown-issuer'],
  ['issuer=__proto__', 'unknown-issuer'],
  ['state=constructor', 'unknown-state'],
  ['issuer=CN&state=n&notice=zz', 'unknown-notice'],
  ['kind=credential&form=jwt', 'credential-is-cwt-only'],
  ['form=xml', 'bad-request'],
  ['relative=yes', 'bad-request'],
  ['name=Li', 'bad-request'],
  ['state=g&state=r', 'bad-request'],
])('%s is refused as %s, in a problem document', async (query, code) => {
  const answer = await routes.request(`/pass?${query}`);
  expect(answer.status).toBe(400);
  expect(answer.headers.get('content-type')).toBe('application/problem+json');
  expect(await answer.json()).toMatchObject({ status: 400, code });
});
