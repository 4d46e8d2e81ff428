// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createWakeLock, type WakeLock } from '../../src/browser/wake-lock.ts';

class Sentinel extends EventTarget {
  released = false;
  async release() {
    this.released = true;
    this.dispatchEvent(new Event('release'));
  }
}

let sentinels: Sentinel[];
let refuse: boolean;
let visible: DocumentVisibilityState;
let lock: WakeLock;
const held = () => sentinels.filter(({ released }) => !released).length;
const settle = () => new Promise((resolve) => setTimeout(resolve));

beforeEach(() => {
  sentinels = [];
  refuse = false;
  visible = 'visible';
  vi.spyOn(document, 'visibilityState', 'get').mockImplementation(() => visible);
  vi.stubGlobal('navigator', {
    wakeLock: {
      async request() {
        if (refuse || visible === 'hidden') throw new DOMException('no', 'NotAllowedError');
        const sentinel = new Sentinel();
        sentinels.push(sentinel);
        return sentinel;
      },
    },
  });
  lock = createWakeLock();
});
afterEach(() => {
  lock.keep(false);
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

/** The system takes the lock back when the page goes out of sight. */
async function hide(): Promise<void> {
  visible = 'hidden';
  for (const sentinel of sentinels) if (!sentinel.released) await sentinel.release();
  document.dispatchEvent(new Event('visibilitychange'));
}
function show(): Promise<unknown> {
  visible = 'visible';
  document.dispatchEvent(new Event('visibilitychange'));
  window.dispatchEvent(new Event('focus'));
  return settle();
}

test('it is asked for once, and let go when no longer wanted', async () => {
  lock.keep(true);
  lock.keep(true);
  await settle();
  expect([sentinels.length, held(), lock.state()]).toEqual([1, 1, 'on']);
  lock.keep(false);
  await settle();
  expect([held(), lock.state()]).toEqual([0, 'off']);
});

test('back in sight it is asked for again, out of shift it is not', async () => {
  lock.keep(true);
  await settle();
  await hide();
  expect(lock.state()).toBe('off');
  await show();
  expect([sentinels.length, held()]).toEqual([2, 1]);
  lock.keep(false);
  await hide();
  await show();
  expect(sentinels).toHaveLength(2);
});

test('refused by a low battery it says so, and asks again at the next touch', async () => {
  refuse = true;
  lock.keep(true);
  await settle();
  expect(lock.state()).toBe('refused');
  refuse = false;
  document.dispatchEvent(new Event('pointerup'));
  await settle();
  expect(lock.state()).toBe('on');
});

test('a shift that ends while the system still thinks leaves nothing held', async () => {
  lock.keep(true);
  lock.keep(false);
  await settle();
  expect(held()).toBe(0);
});

test('a browser without it breaks nothing and says so', () => {
  vi.stubGlobal('navigator', {});
  const none = createWakeLock();
  none.keep(true);
  expect(none.state()).toBe('unsupported');
});
