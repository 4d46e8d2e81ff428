import type { Remote } from '../../../ports/remote.ts';
import type { RandomBytes } from '../../../ports/world.ts';
import { patientRemote } from './patient-remote.ts';

/** How it went: `again`: the line broke, and brought something. */
export type Worked = 'done' | 'again' | 'failed';

export interface LaneNeeds {
  readonly remote: Remote;
  readonly random: RandomBytes;
  monotonic(): number;
  /** Does it once over the lane's own `remote`. A throw is a failure. */
  work(remote: Remote): Promise<Worked>;
}

/** One thing that needs the network, done again and again by itself, whatever the others are at. */
export interface Lane {
  /** Does it now; whoever asks meanwhile waits for the same run. Never rejects. */
  run(): Promise<void>;
  /** The same, unless a busy hub has asked to be left alone for longer. */
  wake(): Promise<void>;
  /** The run under way. */
  running(): Promise<void> | undefined;
  /**
   * Now, then after `firstMs`, then every 60 s, sooner where there is more to come, later while it fails,
   * until `stop`.
   */
  start(firstMs: number): void;
  stop(): void;
}

export const everyMs = 60_000;
const againMs = 2000;
const backoffCapMs = 300_000;

export function createLane(parts: LaneNeeds): Lane {
  const remote = patientRemote(parts.remote, (seconds) => {
    askedMs = Math.max(askedMs, seconds * 1000);
  });
  let timer: number | undefined;
  let running: Promise<void> | undefined;
  let worked: Worked = 'done';
  let failures = 0;
  /** What a busy hub asked for in this run, and the monotonic time before which nothing wakes us. */
  let askedMs = 0;
  let quietUntil = Number.NEGATIVE_INFINITY;

  async function once(): Promise<void> {
    askedMs = 0;
    worked = await parts.work(remote).catch((): Worked => 'failed');
    failures = worked === 'failed' ? failures + 1 : 0;
    quietUntil = parts.monotonic() + askedMs;
  }

  function run(): Promise<void> {
    running ??= once().finally(() => {
      running = undefined;
    });
    return running;
  }

  /** As long as the hub asked; else 2ⁿ s after failures, at most five minutes; else 60 s. Not all phones at once. */
  function pause(usualMs: number): number {
    const random = (parts.random(1)[0] ?? 0) / 256;
    if (askedMs > 0) return askedMs * (1 + random / 4);
    if (failures === 0) return worked === 'again' ? againMs : usualMs;
    return Math.min(backoffCapMs, 1000 * 2 ** Math.min(failures, 10)) * (0.5 + random / 2);
  }

  function schedule(usualMs: number): void {
    clearTimeout(timer);
    timer = setTimeout(() => void run().then(() => schedule(everyMs)), pause(usualMs));
  }

  return {
    run,
    wake: () => (parts.monotonic() < quietUntil ? Promise.resolve() : run()),
    running: () => running,
    start: (firstMs) => void run().then(() => schedule(firstMs)),
    stop: () => clearTimeout(timer),
  };
}
