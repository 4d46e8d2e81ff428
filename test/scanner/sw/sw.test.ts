import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type SuiteServer, serveSuite } from '../../support/browser-suite.ts';
import { freshContext, launch } from '../../support/chromium.ts';
import { frame } from '../../support/fake-camera.ts';

const engineFile = readFileSync(
  fileURLToPath(import.meta.resolve('zxing-wasm/reader/zxing_reader.wasm')),
);
const wasm = engineFile.length;

let server: SuiteServer;
let context: BrowserContext;
let page: Page;

const version = () => page.evaluate(() => document.documentElement.dataset['version']);
const updates = () => page.evaluate(() => window.kakou.seen.updates);

beforeAll(async () => {
  server = await serveSuite();
  server.respond = (request, response) => {
    if (!/^\/(v1|demo|healthz|metrics)/.test(request.url ?? '')) return false;
    response.writeHead(200, { 'content-type': 'text/html' }).end('from the hub');
    return true;
  };
  context = await launch();
  page = await context.newPage();
  await page.goto(server.url);
  await page.evaluate(() => navigator.serviceWorker.ready);
});
afterAll(async () => {
  await context?.close();
  await server?.close();
});

/** What is kept of the engine, and what the page gets of it when it asks; null for nothing. */
const engine = (page: Page) =>
  page.evaluate(async () => {
    const [name = ''] = (await caches.keys()).filter((key) => key.includes('precache'));
    const cache = await caches.open(name);
    const kept = (await cache.keys()).filter(({ url }) => url.includes('.wasm'));
    const answer = await fetch(kept[0]?.url.replace(/\?.*/, '') ?? '').catch(() => null);
    return {
      files: kept.length,
      kept: (await (await cache.match(kept[0] ?? ''))?.blob())?.size ?? 0,
      size: (await answer?.arrayBuffer())?.byteLength ?? null,
      type: answer?.headers.get('content-type') ?? null,
    };
  });

/** The texts in a picture, or the code of the fault. */
async function read(page: Page): Promise<string[] | string> {
  const picture = (await (await frame('KK1:HELLO')).png().toBuffer()).toString('base64');
  return page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    return window.kakou.device.reader
      .readPicture(new Blob([bytes]))
      .then((codes) => codes.map(({ text }) => text))
      .catch((thrown) => String(thrown.code));
  }, picture);
}

test('a cold start with no network opens the app, whatever its address, and reads a code', async () => {
  await context.setOffline(true);
  await page.goto(`${server.url}/shift?from=home`);
  expect(await version()).toBe('1');
  expect(await read(page)).toEqual(['KK1:HELLO']);
  expect(await engine(page)).toMatchObject({ files: 1, size: wasm, type: 'application/wasm' });
  await context.setOffline(false);
});

test('the engine is kept packed: less than half of it lies on the phone', async () => {
  const { kept } = await engine(page);
  expect(kept).toBeGreaterThan(0.3 * wasm);
  expect(kept).toBeLessThan(0.45 * wasm);
});

const workerText = async () => (await fetch(`${server.url}/sw.js`)).text();
const script = { 'content-type': 'text/javascript' };

async function onFirstVisit(server: SuiteServer, look: (page: Page) => Promise<void>) {
  const phone = await freshContext();
  try {
    const page = await phone.newPage();
    await page.goto(server.url);
    await look(page);
  } finally {
    await phone.close();
    await server.close();
  }
}

test('a browser that cannot unpack keeps the engine as it is, and reads with no network all the same', async () => {
  const older = await serveSuite();
  const worker = `delete self.DecompressionStream;${await workerText()}`;
  older.respond = ({ url }, response) => {
    if (url !== '/sw.js') return false;
    response.writeHead(200, script).end(worker);
    return true;
  };
  await onFirstVisit(older, async (page) => {
    await page.evaluate(() => navigator.serviceWorker.ready);
    await page.context().setOffline(true);
    await page.reload();
    expect(await read(page)).toEqual(['KK1:HELLO']);
    expect(await engine(page)).toMatchObject({ files: 1, kept: wasm, size: wasm });
  });
});

test('a first visit loads the engine over the line once, to read with and then to keep', async () => {
  const other = await serveSuite();
  const worker = await workerText();
  let answer: (() => void) | undefined;
  let loads = 0;
  other.respond = ({ url }, response) => {
    if (url === '/sw.js') {
      answer = () => response.writeHead(200, script).end(worker); // once the page has read
    } else if (url?.endsWith('.wasm')) {
      loads++;
      const headers = { 'content-type': 'application/wasm', 'cache-control': 'max-age=1000' };
      response.writeHead(200, headers).end(engineFile);
    } else return false;
    return true;
  };
  await onFirstVisit(other, async (page) => {
    expect(await read(page)).toEqual(['KK1:HELLO']);
    await expect.poll(() => answer).toBeDefined();
    answer?.();
    await page.evaluate(() => navigator.serviceWorker.ready);
    expect(await engine(page)).toMatchObject({ files: 1, size: wasm });
    expect(loads).toBe(1);
  });
});

test('a damaged engine is fetched anew while there is a network; without one, reading says that it fails', async () => {
  await page.goto(server.url);
  await page.evaluate(async () => {
    const [name = ''] = (await caches.keys()).filter((key) => key.includes('precache'));
    const cache = await caches.open(name);
    const [key = ''] = (await cache.keys()).filter(({ url }) => url.includes('.wasm'));
    const whole = await cache.match(key);
    const bytes = new Uint8Array((await whole?.arrayBuffer()) ?? []);
    bytes[bytes.length >> 1] = 1 ^ (bytes[bytes.length >> 1] ?? 0);
    await cache.put(key, new Response(bytes, { headers: whole?.headers ?? {} }));
  });
  expect(await engine(page)).toMatchObject({ size: wasm, type: 'application/wasm' });
  expect(await read(page)).toEqual(['KK1:HELLO']);
  await context.setOffline(true);
  await page.goto(server.url);
  expect(await engine(page)).toMatchObject({ files: 1, size: null });
  expect(await read(page)).toBe('decoder-failed');
  await context.setOffline(false);
});

test.each(['/v1/bundle', '/demo/', '/healthz', '/metrics'])(
  'a visit to %s goes to the hub and never gets the app from the cache',
  async (path) => {
    await page.goto(server.url + path);
    expect(await page.textContent('body')).toBe('from the hub');
  },
);

test('a new version waits through reloads until it is asked for, then it is there at once', async () => {
  await page.goto(server.url);
  await server.publish('2');
  await page.evaluate(async () => (await navigator.serviceWorker.ready).update());
  await expect.poll(updates).toBe(1);
  await page.reload();
  expect(await version()).toBe('1');
  await expect.poll(updates).toBe(1);
  const reloaded = page.waitForEvent('load');
  await page.evaluate(() => window.kakou.device.applyUpdate());
  await reloaded;
  expect(await version()).toBe('2');
});

test('a new version makes a damaged engine whole', async () => {
  await context.setOffline(true);
  expect(await engine(page)).toMatchObject({ files: 1, size: wasm });
  await context.setOffline(false);
});

test('the old version leaves nothing behind in the cache', async () => {
  await expect
    .poll(() =>
      page.evaluate(async () => {
        const [name] = await caches.keys();
        const requests = await (await caches.open(name ?? '')).keys();
        return requests.filter(({ url }) => url.includes('/assets/index-')).length;
      }),
    )
    .toBe(1);
});

test('a message of another kind activates nothing', async () => {
  await server.publish('3');
  await page.evaluate(async () => (await navigator.serviceWorker.ready).update());
  await expect.poll(updates).toBe(1);
  await page.evaluate(async () => {
    (await navigator.serviceWorker.ready).waiting?.postMessage({ type: 'PLEASE' });
    (await navigator.serviceWorker.ready).waiting?.postMessage(null);
  });
  await page.waitForTimeout(300);
  expect(
    await page.evaluate(async () => (await navigator.serviceWorker.ready).waiting?.state),
  ).toBe('installed');
});
