import type { NewestEntry } from '../../core/time/clock-model.ts';
import { isSure, type TrustedNow } from '../../core/time/trusted-now.ts';
import { epochMillis } from '../../core/units.ts';
import type { HeadCounter } from './place/head-counter.ts';
import type { Presentations } from './scan/shown/presentations.ts';
import type { TextFingerprint } from './scan/shown/text-fingerprint.ts';
import type { AppStore } from './store.ts';
import type { LogStore } from './stores.ts';
import { showClock } from './trust/clock-status.ts';
import type { TrustedClock } from './trust/trusted-clock.ts';

interface Needs {
  readonly store: AppStore;
  readonly clock: TrustedClock;
  readonly presentations: Presentations;
  readonly fingerprint: TextFingerprint;
  readonly heads: Pick<HeadCounter, 'look'>;
}

const everyMs = 5000;
const beatsAnHour = 720;

/**
 * Every 5 s: looks at the clocks and writes down what time it is (protocol 5); every hour lets go of
 * what was kept for a day only.
 */
export function startHeartbeat(needs: Needs): { stop(): void } {
  const { store, clock, heads } = needs;
  let timer: number;
  let beats = 0;
  const next = () => {
    timer = setTimeout(() => {
      showClock(store, clock);
      heads.look();
      void clock.persist().catch(() => undefined);
      if (beats++ % beatsAnHour === 0) tidy(clock.now(), needs);
      next();
    }, everyMs);
  };
  next();
  return { stop: () => clearTimeout(timer) };
}

function tidy(now: TrustedNow, { presentations, fingerprint }: Needs): void {
  void fingerprint.renew(now.at);
  // a clock that ran ahead for a moment must not empty the memory of who was let in
  if (isSure(now)) void presentations.forget(now.at).catch(() => undefined);
}

/**
 * It is not earlier than the newest entry, whatever the clock was worth then, and worth no more: every
 * entry is a word on time, kept on disk.
 */
export async function newestWord(log: LogStore): Promise<NewestEntry | undefined> {
  const { seq } = await log.head();
  const [newest] = seq === 0 ? [] : await log.read(seq, 1);
  return newest && { at: epochMillis(newest.at), quality: newest.quality };
}
