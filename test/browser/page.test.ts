// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { runFrameLoop } from '../../src/browser/camera/frame-loop.ts';
import { createFeedback } from '../../src/browser/feedback.ts';
import { onOnlineChange, onResume } from '../../src/browser/page-events.ts';
import { fileSharer } from '../../src/browser/share.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

describe('sharing a file', () => {
  const csv = { name: 'shift.csv', type: 'text/csv', bytes: Uint8Array.of(1, 2) };
  const links = () => vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => {});
  const sheet = (share: () => Promise<void>) =>
    Object.assign(navigator, { canShare: () => true, share: vi.fn(share) });

  afterEach(() => {
    Reflect.deleteProperty(navigator, 'canShare');
    Reflect.deleteProperty(navigator, 'share');
  });

  test('opens the share sheet where there is one', async () => {
    const clicks = links();
    const { share } = sheet(async () => undefined);
    await fileSharer.share(csv);
    expect(share).toHaveBeenCalledOnce();
    expect(clicks).not.toHaveBeenCalled();
  });

  test('a person who closes the sheet is not given a download instead', async () => {
    const clicks = links();
    sheet(() => Promise.reject(new DOMException('closed', 'AbortError')));
    await fileSharer.share(csv);
    expect(clicks).not.toHaveBeenCalled();
  });

  test.each([
    ['where there is no sheet', () => undefined],
    [
      'when the sheet may not open',
      () => sheet(() => Promise.reject(new DOMException('no tap', 'NotAllowedError'))),
    ],
  ])('downloads %s, and forgets the file afterwards', async (_, prepare) => {
    prepare();
    const clicks = links();
    const revoked = vi.spyOn(URL, 'revokeObjectURL');
    await fileSharer.share(csv);
    expect(clicks).toHaveBeenCalledOnce();
    vi.advanceTimersByTime(60_000);
    expect(revoked).toHaveBeenCalledOnce();
  });
});

describe('feedback', () => {
  test('vibrates each state its own way, and not when that is switched off', async () => {
    const vibrate = vi.fn();
    Object.assign(navigator, { vibrate });
    createFeedback().play('stop', { sound: true, vibration: false });
    await vi.dynamicImportSettled();
    expect(vibrate).not.toHaveBeenCalled();
    createFeedback().play('stop', { sound: false, vibration: true });
    await vi.dynamicImportSettled();
    expect(vibrate).toHaveBeenCalledWith([250, 80, 250]);
  });

  test('before the first tap nothing is asked of the phone that it would refuse', async () => {
    const vibrate = vi.fn();
    Object.assign(navigator, { vibrate, userActivation: { hasBeenActive: false } });
    createFeedback().play('stop', { sound: true, vibration: true });
    await vi.dynamicImportSettled();
    expect(vibrate).not.toHaveBeenCalled();
    Reflect.deleteProperty(navigator, 'userActivation');
  });

  test('a page loaded anew in mid-shift can sound again from its first tap on', () => {
    document.body.click(); // spent by the pages of the tests before
    const opened = vi.fn();
    vi.stubGlobal(
      'AudioContext',
      class {
        constructor() {
          opened();
        }
        resume = async () => undefined;
      },
    );
    createFeedback();
    document.body.click();
    document.body.click();
    expect(opened).toHaveBeenCalledOnce();
  });

  test('a browser without sound still shows its verdicts', () => {
    vi.stubGlobal('AudioContext', undefined);
    const feedback = createFeedback();
    expect(() => {
      feedback.unlock();
      feedback.play('pass', { sound: true, vibration: true });
      feedback.say('通行', 'zh-CN');
    }).not.toThrow();
  });
});

describe('the frame loop', () => {
  function film() {
    let announce: () => void = () => undefined;
    const video = { requestVideoFrameCallback: (callback: () => void) => (announce = callback) };
    return {
      video: video as unknown as HTMLVideoElement,
      play(frames: number) {
        for (let count = 0; count < frames; count++) {
          vi.advanceTimersByTime(1000 / 30);
          announce();
        }
      },
    };
  }

  test('offers every frame the camera shows', async () => {
    const { video, play } = film();
    const look = vi.fn(() => Promise.resolve());
    const seen = vi.fn();
    runFrameLoop(video, { look, seen });
    for (let frame = 0; frame < 60; frame++) {
      play(1);
      await Promise.resolve();
      await Promise.resolve();
    }
    expect(seen).toHaveBeenCalledTimes(60);
    expect(look).toHaveBeenCalledTimes(60);
  });

  test('never has two looks under way, however slow one is', () => {
    const { video, play } = film();
    const look = vi.fn(() => new Promise<void>(() => undefined));
    runFrameLoop(video, { look, seen: () => undefined });
    play(60);
    expect(look).toHaveBeenCalledOnce();
  });

  test('offers frames that a browser says it would announce, and does not', async () => {
    const video = { requestVideoFrameCallback: () => 0, currentTime: 0, srcObject: {} };
    const look = vi.fn(() => Promise.resolve());
    runFrameLoop(video as unknown as HTMLVideoElement, { look, seen: () => undefined });
    for (let frame = 0; frame < 4; frame++) {
      await vi.advanceTimersByTimeAsync(1100);
      expect(look).toHaveBeenCalledTimes(frame);
      video.currentTime += 1;
      await vi.advanceTimersByTimeAsync(50);
    }
    expect(look).toHaveBeenCalledTimes(4);
  });

  test('stopped, it looks at nothing more', () => {
    const { video, play } = film();
    const look = vi.fn(() => undefined);
    runFrameLoop(video, { look, seen: () => undefined })();
    play(5);
    expect(look).not.toHaveBeenCalled();
  });
});

test('waking up and network changes are told until nobody listens', () => {
  const resumed = vi.fn();
  const changed = vi.fn();
  const stops = [onResume(resumed), onOnlineChange(changed)];
  const happen = () => {
    for (const event of ['pageshow', 'focus', 'online', 'offline'])
      window.dispatchEvent(new Event(event));
  };
  happen();
  for (const stop of stops) stop();
  happen();
  expect([resumed.mock.calls.length, changed.mock.calls.length]).toEqual([2, 2]);
});
