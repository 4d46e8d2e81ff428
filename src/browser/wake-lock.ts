import type { Phone } from '../ports/phone.ts';
import { onResume } from './page-events.ts';

export interface WakeLock {
  /** Keeps the screen on from now on, or no longer. */
  keep(wanted: boolean): void;
  state(): ReturnType<Phone['awake']>;
}

/**
 * Keeps the screen on while it is wanted (Screen Wake Lock API). The system takes the lock back when
 * the page goes out of sight, and may refuse it while the battery is low: it is asked for again when
 * the page is back, and at the next touch.
 */
export function createWakeLock(): WakeLock {
  let wanted = false;
  let held: WakeLockSentinel | undefined;
  let isAsking = false;
  let wasRefused = false;
  let unwatch: (() => void) | undefined;

  async function acquire(): Promise<void> {
    if (!wanted || held || isAsking || document.visibilityState === 'hidden') return;
    isAsking = true;
    try {
      const lock = await navigator.wakeLock.request('screen');
      held = lock;
      wasRefused = false;
      lock.addEventListener('release', () => {
        if (held === lock) held = undefined;
      });
      if (!wanted) drop();
    } catch {
      wasRefused = true;
    } finally {
      isAsking = false;
    }
  }

  function drop(): void {
    const lock = held;
    held = undefined;
    lock?.release().catch(() => undefined); // it is gone already
  }

  return {
    keep(next) {
      wanted = next;
      if (!isSupported()) return;
      if (!wanted) {
        unwatch?.();
        unwatch = undefined;
        return drop();
      }
      unwatch ??= watch(() => void acquire());
      void acquire();
    },
    state() {
      if (!isSupported()) return 'unsupported';
      if (held) return 'on';
      return wanted && wasRefused ? 'refused' : 'off';
    },
  };
}

/** Absent below Safari 16.4, in Firefox below 126 and on pages without https. */
const isSupported = (): boolean => 'wakeLock' in navigator && Boolean(navigator.wakeLock);

function watch(again: () => void): () => void {
  const stop = onResume(again);
  document.addEventListener('pointerup', again);
  return () => {
    stop();
    document.removeEventListener('pointerup', again);
  };
}
