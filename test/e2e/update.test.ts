import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPhone, type Phone, startShift } from '../support/phone.ts';
import { freshPass, runHub } from '../support/running-hub.ts';

const built = join(import.meta.dirname, '..', '..', 'dist');
const served = mkdtempSync(join(tmpdir(), 'kakou-dist-'));
let hub: Awaited<ReturnType<typeof runHub>>;
let front: Awaited<ReturnType<typeof openFront>>;
let phone: Phone;

beforeAll(async () => {
  cpSync(built, served, { recursive: true });
  hub = await runHub();
  front = await openFront();
  phone = await createPhone(front.url);
  await startShift(phone.page());
  await phone.page().evaluate(() => navigator.serviceWorker.ready);
  await phone.page().reload(); // from here on the service worker serves the page
  await phone.page().locator('video').waitFor();
});
afterAll(async () => {
  await phone?.close();
  await front?.close();
  await hub?.close();
  rmSync(served, { recursive: true, force: true });
});

/** The page and its service worker as they are on disk now; all else from the hub behind. */
async function openFront() {
  const files = { '/': 'index.html', '/index.html': 'index.html', '/sw.js': 'sw.js' };
  const server = createServer(async (request, response) => {
    const path = request.url ?? '/';
    const file = Object.entries(files).find(([known]) => known === path)?.[1];
    if (file !== undefined) {
      const type = file.endsWith('.js') ? 'text/javascript' : 'text/html';
      response.writeHead(200, { 'content-type': type, 'cache-control': 'no-cache' });
      response.end(readFileSync(join(served, file)));
      return;
    }
    const { 'content-type': type, 'content-encoding': encoding } = request.headers;
    const reply = await fetch(new URL(path, hub.url), {
      method: request.method ?? 'GET',
      headers: {
        ...(type && { 'content-type': type }),
        ...(encoding && { 'content-encoding': encoding }),
      },
      ...(request.method === 'POST' && { body: await buffer(request) }),
    });
    response.writeHead(reply.status, { 'content-type': reply.headers.get('content-type') ?? '' });
    response.end(Buffer.from(await reply.arrayBuffer()));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return {
    url: `http://localhost:${port}/`,
    close: () => new Promise((closed) => server.close(closed)),
  };
}

/** Publishes another version: a page with another title, and the service worker that lists it. */
function publish(title: string): void {
  const revision = title.replace(/\W/g, '');
  const edit = (name: string, change: (text: string) => string) => {
    const before = readFileSync(join(served, name), 'utf8');
    const after = change(before);
    if (after === before) throw new Error(`${name} was not changed`);
    writeFileSync(join(served, name), after);
  };
  edit('index.html', (text) => text.replace(/<title>[^<]*/, `<title>${title}`));
  edit('sw.js', (text) =>
    text.replace(
      /"revision":"\w+","url":"index\.html"/,
      `"revision":"${revision}","url":"index.html"`,
    ),
  );
}

const lookForUpdate = () =>
  phone.page().evaluate(async () => void (await (await navigator.serviceWorker.ready).update()));
const scans = async () => (await phone.entries()).filter((entry) => entry.type === 'scan').length;

describe('a new version in the middle of a shift', () => {
  it('is offered, and the old one goes on scanning until the guard wants it', async () => {
    const title = await phone.page().title();
    publish('Kakou next');
    await lookForUpdate();
    await phone.page().getByRole('button', { name: '更新' }).waitFor();
    expect(await phone.page().title()).toBe(title);
    await phone.film([{ text: await freshPass(), frames: 100 }]);
    await phone.page().reload();
    await expect.poll(scans).toBe(1);
    expect(await phone.page().title()).toBe(title);
  });

  it('is taken on a tap, with no network, and the shift with its log is still there', async () => {
    await phone.setOffline(true);
    const before = await phone.entries();
    await phone.film([{ text: undefined, frames: 5 }]);
    await phone.page().keyboard.press('Escape');
    await phone.page().getByRole('button', { name: '更新' }).click();
    await expect.poll(() => phone.page().title()).toBe('Kakou next');
    await phone.page().locator('video').waitFor();
    expect((await phone.entries()).slice(0, before.length)).toEqual(before);
    expect(await scans()).toBe(1);
  });

  it('is taken by itself when the shift is over and its report read', async () => {
    await phone.setOffline(false);
    publish('Kakou later');
    await lookForUpdate();
    const page = phone.page();
    await page.getByRole('button', { name: '更新' }).waitFor();
    await page.getByRole('button', { name: '本班' }).click();
    await page.getByRole('button', { name: '下班' }).click();
    await page.getByRole('dialog').last().getByRole('button', { name: '下班' }).click();
    await page.getByRole('button', { name: '完成' }).waitFor();
    expect(await page.title()).toBe('Kakou next');
    await page.getByRole('button', { name: '完成' }).click();
    await expect.poll(() => page.title()).toBe('Kakou later');
    await page.getByRole('button', { name: '上班，开始扫码' }).waitFor();
    expect((await phone.entries()).at(-1)).toMatchObject({ type: 'shift-end' });
  });
});
