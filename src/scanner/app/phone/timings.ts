import type { MonotonicMillis } from '../../../core/units.ts';
import type { AppStore } from '../store.ts';

/** `camera`: asked for until its picture; `verdict`: a text until its card; `write`: the log's part of that. */
export type Timed = 'camera' | 'verdict' | 'write';

/** How long things took on this phone, for the help desk: the last 20 of each, in memory. */
export interface Timings {
  /** Call it when it begins, and what it gives when it is done. */
  begin(what: Timed): () => void;
  /** Milliseconds; undefined until there was one. */
  median(what: Timed): number | undefined;
}

const kept = 20;

export function createTimings(store: AppStore, monotonic: () => MonotonicMillis): Timings {
  const taken: Record<Timed, number[]> = { camera: [], verdict: [], write: [] };
  function begin(what: Timed): () => void {
    const from = monotonic();
    return () => {
      taken[what] = [...taken[what], monotonic() - from].slice(-kept);
    };
  }
  let pictureCame: (() => void) | undefined;
  store.subscribe(({ camera }, before) => {
    if (camera.kind === before.camera.kind) return;
    if (camera.kind === 'live') pictureCame?.();
    pictureCame = camera.kind === 'starting' ? begin('camera') : undefined;
  });
  return {
    begin,
    median(what) {
      const sorted = [...taken[what]].sort((a, b) => a - b);
      const middle = sorted[Math.floor(sorted.length / 2)];
      return middle === undefined ? undefined : Math.round(middle);
    },
  };
}
