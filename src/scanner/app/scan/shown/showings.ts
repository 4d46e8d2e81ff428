import type { ScanMethod } from '../../../../core/log/entry.ts';
import type { MonotonicMillis } from '../../../../core/units.ts';

/** A code that the camera reads again within this was in view all the time. */
const inViewMs = 3000;
/** A hardware scanner on continuous reading sends the same text again and again. */
const burstMs = 2000;

/**
 * Which texts are still being shown: one is judged when it comes, and not again while it stays in
 * view. The camera reads nothing while a card is up, so that time does not count. Texts are kept in
 * memory only, and only as long as that.
 */
export interface Showings {
  /** Whether this reading goes on with a showing that was judged; if so it is still in view. */
  goesOn(text: string, method: ScanMethod): boolean;
  /** This text is judged now. */
  begin(text: string, method: ScanMethod): void;
  /** A card came up, and went. */
  pause(): void;
  resume(): void;
}

export function createShowings(monotonic: () => MonotonicMillis): Showings {
  /** By text, when it was last in view, on a clock that stands still while a card is up. */
  const inView = new Map<string, number>();
  let burst: { readonly text: string; readonly at: number } | undefined;
  let pausedAt: number | undefined;
  let pausedMs = 0;
  const viewTime = () => (pausedAt ?? monotonic()) - pausedMs;

  function begin(text: string, method: ScanMethod): void {
    if (method === 'camera') inView.set(text, viewTime());
    if (method === 'wedge') burst = { text, at: monotonic() };
  }
  function isOn(text: string, method: ScanMethod): boolean {
    if (method === 'wedge') return burst?.text === text && monotonic() - burst.at < burstMs;
    for (const [known, at] of inView) if (viewTime() - at >= inViewMs) inView.delete(known);
    return method === 'camera' && inView.has(text);
  }
  return {
    begin,
    goesOn(text, method) {
      const isSame = isOn(text, method);
      if (isSame) begin(text, method);
      return isSame;
    },
    pause() {
      pausedAt ??= monotonic();
    },
    resume() {
      if (pausedAt !== undefined) pausedMs += monotonic() - pausedAt;
      pausedAt = undefined;
    },
  };
}
