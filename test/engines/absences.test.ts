import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPhone, startShift } from '../support/phone.ts';
import { runHub } from '../support/running-hub.ts';

/** A phone whose browser has not all that Chromium has: a shift goes on, or a page says why not. */
let hub: Awaited<ReturnType<typeof runHub>>;

beforeAll(async () => {
  hub = await runHub();
});
afterAll(() => hub?.close());

const taken = {
  'Web Locks': () => void Reflect.deleteProperty(Navigator.prototype, 'locks'),
  'the storage interface': () => void Reflect.deleteProperty(Navigator.prototype, 'storage'),
  'a wake lock': () => void Reflect.deleteProperty(Navigator.prototype, 'wakeLock'),
  vibration: () => void Reflect.deleteProperty(Navigator.prototype, 'vibrate'),
  permissions: () => void Reflect.deleteProperty(Navigator.prototype, 'permissions'),
  'a service worker': () => void Reflect.deleteProperty(Navigator.prototype, 'serviceWorker'),
  speech: () => void Reflect.deleteProperty(window, 'speechSynthesis'),
  sound: () => void Reflect.deleteProperty(window, 'AudioContext'),
  structuredClone: () => void Reflect.deleteProperty(window, 'structuredClone'),
  'streams that pack': () => {
    for (const name of ['CompressionStream', 'DecompressionStream'])
      Reflect.deleteProperty(window, name);
  },
  'built-ins of the last years': () => {
    for (const name of ['canParse', 'parse']) Reflect.deleteProperty(URL, name);
    for (const name of ['hasOwn', 'groupBy']) Reflect.deleteProperty(Object, name);
    for (const name of ['at', 'findLast', 'toSorted', 'with'])
      Reflect.deleteProperty(Array.prototype, name);
  },
  'modal dialogs': () => void Reflect.deleteProperty(HTMLDialogElement.prototype, 'showModal'),
  'frames that are announced': () =>
    void Reflect.deleteProperty(HTMLVideoElement.prototype, 'requestVideoFrameCallback'),
  'frames that are announced, though it says so': () => {
    HTMLVideoElement.prototype.requestVideoFrameCallback = () => 0;
  },
  VideoFrame: () => void Reflect.deleteProperty(window, 'VideoFrame'),
  OffscreenCanvas: () => void Reflect.deleteProperty(window, 'OffscreenCanvas'),
  WebAssembly: () => void Reflect.deleteProperty(window, 'WebAssembly'),
  'trusted types': () => void Reflect.deleteProperty(window, 'trustedTypes'),
  'a worker that starts': () => {
    window.Worker = class extends EventTarget {
      constructor() {
        super();
        setTimeout(() => this.dispatchEvent(new Event('error')), 10);
      }
      postMessage() {}
      terminate() {}
    } as unknown as typeof Worker;
  },
} satisfies Record<string, () => void>;

/** What a browser without trusted types makes of the page's policy: it does not know the words. */
async function withoutTrustedTypes(page: Page): Promise<void> {
  await page.route(hub.url, async (route) => {
    const response = await route.fetch();
    const headers = response.headers();
    const policy = (headers['content-security-policy'] ?? '').replace(
      /(require-)?trusted-types[^;]*;?/g,
      '',
    );
    await route.fulfill({ response, headers: { ...headers, 'content-security-policy': policy } });
  });
}

it.concurrent.each(Object.entries(taken))(
  'without %s a shift goes on: camera, outcome, sheets, upload',
  async (what, take) => {
    const phone = await createPhone(hub.url, {
      prepare: async (page) => {
        await page.addInitScript(take);
        if (what === 'trusted types') await withoutTrustedTypes(page);
      },
      film: [{ text: 'https://example.org/menu', frames: 5 }],
    });
    try {
      const page = phone.page();
      const button = (name: string) => page.getByRole('button', { name, exact: true }).last();
      await startShift(page);
      await page.locator('section[data-state=unknown]:not([data-deaf])').waitFor();
      // a guard answers each card; one more comes where the page stood still for 3 s with the code in view
      await page.addLocatorHandler(page.locator('section[data-state]:not([data-deaf])'), () =>
        button('放行').click(),
      );
      await button('设置').click();
      await button('自检').click();
      const reading = page.locator('dialog[open] li', { hasText: '读码' });
      await reading.filter({ hasText: /正常|注意/ }).waitFor();
      for (const open of ['自检', '设置']) {
        await page.locator('dialog[open]').filter({ hasText: open }).last().waitFor();
        await button('关闭').click();
      }
      await button('本班').click();
      await button('立即上传').click();
      await page.getByText('已全部上传，可以交还手机。').waitFor();
      expect(phone.complaints).toEqual([]);
    } finally {
      await phone.close();
    }
  },
);

it('without a worker that starts it reads after a restart without a network, too', async () => {
  const phone = await createPhone(hub.url, {
    prepare: (page) => page.addInitScript(taken['a worker that starts']),
    film: [{ text: 'https://example.org/menu', frames: 5 }],
  });
  const card = () => phone.page().locator('section[data-state=unknown]:not([data-deaf])');
  await startShift(phone.page());
  await card().waitFor();
  await phone.page().evaluate(async () => void (await navigator.serviceWorker.ready));
  await phone.page().getByRole('button', { name: '放行', exact: true }).click();
  await card().waitFor({ state: 'detached' });
  await phone.crash({ offline: true });
  await card().waitFor();
  await phone.close();
});

describe('without a camera interface', () => {
  it('a shift says that this browser has none, and what works here', async () => {
    const phone = await createPhone(hub.url, {
      prepare: (page) =>
        page.addInitScript(() => void Reflect.deleteProperty(Navigator.prototype, 'mediaDevices')),
    });
    await startShift(phone.page());
    await phone.page().getByText('这个浏览器不能用摄像头').waitFor();
    expect(phone.complaints).toEqual([]);
    await phone.close();
  });
});
