import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toSeconds } from '../../src/core/units.ts';
import { demoRoutes } from '../../src/demo/demo-routes.ts';
import { Unavailable } from '../../src/node/database.ts';
import { openEmbedded } from '../support/embedded.ts';
import { enrolled, post, type TestHub, testHub } from '../support/test-hub.ts';

const script = `export const words = ${JSON.stringify('卡口 '.repeat(1000))};`;
let folder: string;
let hub: TestHub;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'kakou-dist-'));
  mkdirSync(join(folder, 'dist/assets'), { recursive: true });
  mkdirSync(join(folder, 'dist/demo'));
  writeFileSync(join(folder, 'secret.txt'), 'secret');
  writeFileSync(join(folder, 'dist/index.html'), '<!doctype html>scanner');
  writeFileSync(join(folder, 'dist/demo/index.html'), '<!doctype html>citizen');
  writeFileSync(join(folder, 'dist/sw.js'), 'self;');
  writeFileSync(join(folder, 'dist/manifest.webmanifest'), '{}');
  writeFileSync(join(folder, 'dist/assets/main-abc123.js'), script);
  writeFileSync(join(folder, 'dist/assets/reader-abc123.wasm'), Buffer.alloc(2048));
  const sql = await openEmbedded();
  hub = await testHub(sql, { distDir: join(folder, 'dist'), demo: demoRoutes() });
});
afterAll(async () => {
  await hub.sql.close();
  rmSync(folder, { recursive: true });
});

const get = (path: string, headers: HeadersInit = {}) => hub.app.request(path, { headers });
const bytesOf = async (answer: Response) => Buffer.from(await answer.arrayBuffer());

it('says whom to call where the operator did, and else that there is nothing', async () => {
  expect((await get('/v1/help')).status).toBe(404);
  const { app } = await testHub(hub.sql, { helpLine: '街道 12345' });
  const answer = await app.request('/v1/help');
  expect([answer.status, await answer.text()]).toEqual([200, '街道 12345']);
  expect(answer.headers.get('content-type')).toMatch(/^text\/plain/);
});

describe('the trust files', () => {
  const day = () => new Date(hub.clock.wall()).toISOString().slice(0, 10);

  it.each([
    ['/v1/root/1', 'application/jose+json'],
    ['/v1/bundle', 'application/jose+json'],
    ['/v1/lists/CN-TJ/DAY', 'application/jwt'],
    ['/v1/deltas/CN-TJ', 'application/jwt'],
  ])('serves %s, says 304 to whom has it, and gzips it', async (path, type) => {
    const url = path.replace('DAY', day());
    const answer = await get(url);
    const plain = await bytesOf(answer);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, type]);
    const etag = answer.headers.get('etag') ?? '';
    expect((await get(url, { 'if-none-match': etag })).status).toBe(304);
    expect((await get(url, { 'if-none-match': 'W/"another"' })).status).toBe(200);
    const zipped = await get(url, { 'accept-encoding': 'gzip' });
    const body = await bytesOf(zipped);
    const isGzip = zipped.headers.get('content-encoding') === 'gzip';
    expect((isGzip ? gunzipSync(body) : body).equals(plain)).toBe(true);
    expect(isGzip).toBe(plain.length > 1024);
  });

  it.each(['/v1/root/0', '/v1/root/x', '/v1/lists/CN-TJ/1999-01-01', '/v1/deltas/XX'])(
    'answers %s, which there is not, with a problem document nobody caches',
    async (path) => {
      const answer = await get(path);
      expect(answer.status).toBe(404);
      expect(answer.headers.get('content-type')).toBe('application/problem+json');
      expect(answer.headers.get('cache-control')).toBe('no-store');
      expect(await answer.json()).toMatchObject({
        type: 'urn:kakou:problem:not-found',
        status: 404,
      });
    },
  );
});

describe('POST /v1/time', () => {
  it('signs the time over the nonce it was given', async () => {
    const nonce = 'AAECAwQFBgcICQoLDA0ODw';
    const answer = await post(hub, '/v1/time', JSON.stringify({ nonce }));
    const { payload } = (await answer.json()) as { payload: string };
    const claims: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString());
    expect(claims).toMatchObject({ nonce, t: toSeconds(hub.clock.wall()) });
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });

  it.each(['', '{}', '{"nonce":"short"}', '{"nonce":"AAECAwQFBgcICQoLDA0ODw","more":1}', '[]'])(
    'refuses %j',
    async (body) => {
      expect((await post(hub, '/v1/time', body)).status).toBe(400);
    },
  );
});

describe('uploads that are no batch', () => {
  it.each([
    ['a page of a captive portal', '<html>', {}, 400, 'malformed'],
    ['a body of 3 MB', 'a'.repeat(3 << 20), {}, 413, 'too-large'],
    [
      'a gzip bomb that names nobody, not unpacked to find out how large it is',
      gzipSync(Buffer.alloc(50 << 20)),
      { 'content-encoding': 'gzip' },
      400,
      'malformed',
    ],
    ['an unknown encoding', 'x', { 'content-encoding': 'zstd' }, 415, 'unsupported-encoding'],
  ])('refuses %s', async (_, body, headers, status, code) => {
    const answer = await post(hub, '/v1/scans', body, headers as HeadersInit);
    expect(answer.status).toBe(status);
    expect(await answer.json()).toMatchObject({ status, code });
  });

  it('refuses a gzip bomb in the name of an enrolled device once it is larger than a batch', async () => {
    const header = { alg: 'ES256', kid: (await enrolled(hub)).id, typ: 'kakou-batch+jwt' };
    const text = `${Buffer.from(JSON.stringify(header)).toString('base64url')}.${'A'.repeat(50 << 20)}`;
    const answer = await post(hub, '/v1/scans', gzipSync(text), { 'content-encoding': 'gzip' });
    expect([answer.status, await answer.json()]).toMatchObject([413, { code: 'too-large' }]);
  });
});

describe('the built app', () => {
  it.each([
    ['/', 'text/html; charset=utf-8', 'no-cache'],
    ['/index.html', 'text/html; charset=utf-8', 'no-cache'],
    ['/demo/', 'text/html; charset=utf-8', 'no-cache'],
    ['/sw.js', 'text/javascript; charset=utf-8', 'no-cache'],
    ['/manifest.webmanifest', 'application/manifest+json', 'no-cache'],
    [
      '/assets/main-abc123.js',
      'text/javascript; charset=utf-8',
      'public, max-age=31536000, immutable',
    ],
    ['/assets/reader-abc123.wasm', 'application/wasm', 'public, max-age=31536000, immutable'],
  ])('serves %s with its type and how long it may be kept', async (path, type, cacheControl) => {
    const { status, headers } = await get(path);
    expect([status, headers.get('content-type'), headers.get('cache-control')]).toEqual([
      200,
      type,
      cacheControl,
    ]);
  });

  it.each([
    ['the rest of a file a phone began with', { range: 'bytes=5-' }, 206],
    ['it by the etag without a coding', { range: 'bytes=5-', 'if-range': 'same' }, 206],
    ['the whole where the phone began with another', { range: 'bytes=5-', 'if-range': '"x"' }, 200],
    [
      'the whole for an etag that holds for any coding',
      { range: 'bytes=5-', 'if-range': 'W/same' },
      200,
    ],
    ['the whole for any other kind of range', { range: 'bytes=0-4,7-9' }, 200],
    ['nothing where the phone has more than there is', { range: 'bytes=99999999-' }, 416],
    ['304 first, to whom has it', { range: 'bytes=5-', 'if-none-match': 'same' }, 304],
  ])('sends %s, in no coding', async (_, asked, status) => {
    const path = '/assets/main-abc123.js';
    const whole = await get(path);
    const etag = (whole.headers.get('etag') ?? '').replace('W/', '');
    const values = Object.entries(asked).map(([name, value]) => [
      name,
      value.replace('W/same', `W/${etag}`).replace(/^same$/, etag),
    ]);
    const headers = { 'accept-encoding': 'identity', ...Object.fromEntries(values) };
    const answer = await get(path, headers);
    const text = await answer.text();
    expect(answer.status).toBe(status);
    expect(answer.headers.get('accept-ranges') ?? 'bytes').toBe('bytes');
    if (status === 200) expect(text).toBe(script);
    if (status !== 206) return;
    expect(text).toBe(script.slice(5));
    expect(answer.headers.get('etag')).toBe(etag);
    const size = Buffer.byteLength(script);
    expect(answer.headers.get('content-range')).toBe(`bytes 5-${size - 1}/${size}`);
    expect(answer.headers.get('content-encoding')).toBeNull();
  });

  it('sends scripts in brotli, in gzip, or as they are, as the browser can', async () => {
    const path = '/assets/main-abc123.js';
    const br = await get(path, { 'accept-encoding': 'gzip, deflate, br' });
    expect(brotliDecompressSync(await bytesOf(br)).toString()).toBe(script);
    const gz = await get(path, { 'accept-encoding': 'gzip, br;q=0' });
    expect(gunzipSync(await bytesOf(gz)).toString()).toBe(script);
    expect(await (await get(path)).text()).toBe(script);
  });

  it.each([
    '/../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/assets/..%2f..%2fsecret.txt',
    '/assets/%5c..%5c..%5csecret.txt',
    '//etc/passwd',
    '/assets',
    '/assets/',
  ])('lets no path lead out of the folder: %s', async (path) => {
    const answer = await get(path);
    expect(answer.status).toBe(404);
    expect(await answer.text()).not.toContain('secret');
  });

  it('leads /demo to /demo/', async () => {
    const answer = await get('/demo');
    expect([answer.status, answer.headers.get('location')]).toEqual([302, '/demo/']);
  });

  it.each([
    ['/', 'kakou'],
    ['/demo/', 'kakou'],
    ['/v1/bundle', 'kakou'],
    ['/nothing', 'kakou'],
    ['/console/', "'none'"],
    ['/console/api/session', "'none'"],
  ])('sends the strict headers with %s', async (path, types) => {
    const { headers } = await get(path);
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("require-trusted-types-for 'script'");
    expect(policy).toContain(`trusted-types ${types}`);
    expect(policy.includes('wasm-unsafe-eval')).toBe(types === 'kakou');
    expect(policy).not.toContain('unsafe-inline');
    expect(headers.get('permissions-policy')).toContain('camera=(self)');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
  });
});

describe('the hub looked at from outside', () => {
  it('says that it is well', async () => {
    expect(await (await get('/healthz')).json()).toEqual({ status: 'ok', database: 'pglite' });
  });

  it('says 503 when the database is gone, and shows nothing of the error', async () => {
    const gone = async () => {
      const secret = new Error('password of kakou at db.internal');
      throw new Unavailable(Object.assign(secret, { code: 'ECONNREFUSED' }));
    };
    const broken = await testHub({ ...hub.sql, query: gone, transaction: gone });
    expect((await broken.app.request('/healthz')).status).toBe(503);
    const answer = await post(broken, '/demo/enrolment-code', '');
    expect(answer.status).toBe(503);
    expect((await answer.text()) + broken.lines.join('')).not.toContain('password');
  });

  it('counts requests by route template, never by path', async () => {
    await get('/v1/root/7');
    const metrics = await (await get('/metrics')).text();
    expect(metrics).toMatch(
      /kakou_requests_total\{method="GET",route="\/v1\/root\/:n[^"]*",status="404"\} \d/,
    );
    expect(metrics).toMatch(/^kakou_uptime_seconds \d/m);
    expect(metrics).not.toContain('/v1/root/7');
  });

  it('gives each answer an id of its own, which the log line has too', async () => {
    const [one, two] = [await get('/healthz'), await get('/healthz')];
    const ids = [one, two].map(({ headers }) => headers.get('x-request-id') ?? '');
    expect(new Set(ids).size).toBe(2);
    expect(hub.lines.join('')).toContain(ids[0]);
  });

  it('stamps demo passes only on the demo keys', async () => {
    expect((await get('/demo/pass')).status).toBe(200);
  });
});
