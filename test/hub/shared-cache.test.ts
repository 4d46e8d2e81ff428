import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Sql } from '../../src/node/database.ts';
import { openEmbedded } from '../support/embedded.ts';
import { type TestHub, testHub } from '../support/test-hub.ts';

let sql: Sql;
let hub: TestHub;
beforeAll(async () => {
  sql = await openEmbedded();
  hub = await testHub(sql);
});
afterAll(() => sql.close());

const get = (path: string, headers: HeadersInit = {}) => hub.app.request(path, { headers });

/** For how many seconds a cache shared by many may answer by itself (RFC 9111 sections 4.2.1 and 5.2.2). */
function sharedFor({ headers }: Response): number {
  const said = (headers.get('cache-control') ?? 'no-store').split(',').map((word) => word.trim());
  if (said.some((word) => /^(no-cache|no-store|private)\b/.test(word))) return 0;
  const by = (name: string) => said.find((word) => word.startsWith(`${name}=`))?.split('=')[1];
  return Number(by('s-maxage') ?? by('max-age') ?? 0);
}

const day = () => new Date(hub.clock.wall()).toISOString().slice(0, 10);
const files = () => [
  '/v1/bundle',
  `/v1/lists/CN-TJ/${day()}`,
  '/v1/deltas/CN-TJ',
  '/v1/root/1',
  '/v1/root/2', // 404: every phone asks for it every minute
];

describe('a cache between a city of phones and the hub', () => {
  it('answers for every trust file by itself, a 404 too, and no longer than a revocation can wait', async () => {
    for (const path of files()) {
      const answer = await get(path);
      expect([path, sharedFor(answer)]).not.toEqual([path, 0]);
      if (path !== '/v1/root/1') expect(sharedFor(answer)).toBeLessThanOrEqual(10);
    }
  });

  it('goes on doing so when it has asked whether its copy is still good', async () => {
    for (const path of files().slice(0, 4)) {
      const etag = (await get(path)).headers.get('etag') ?? '';
      const answer = await get(path, { 'if-none-match': etag });
      expect([answer.status, sharedFor(answer) > 0]).toEqual([304, true]);
    }
  });

  it('is told not to hold what is one phone’s alone, nor what it would take for good', async () => {
    const asked = { method: 'POST', body: '{"nonce":"AAAAAAAAAAAAAAAAAAAAAA"}' };
    expect(sharedFor(await hub.app.request('/v1/time', asked))).toBe(0);
    expect(sharedFor(await get('/v1/lists/CN-TJ/2001-01-01'))).toBe(0);
  });

  it('can give the rest of a file that broke off: its copy without a coding has a strong etag', async () => {
    for (const path of files().slice(0, 3)) {
      const plain = await get(path, { 'accept-encoding': 'identity' });
      const packed = await get(path, { 'accept-encoding': 'br' });
      expect(plain.headers.get('etag')).toMatch(/^"/);
      const isPacked = packed.headers.get('content-encoding') !== null;
      const opaque = plain.headers.get('etag');
      expect(packed.headers.get('etag')).toBe(isPacked ? `W/${opaque}` : opaque);
    }
  });
});
