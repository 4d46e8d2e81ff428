import type { TrustedNow } from '../../../core/time/trusted-now.ts';
import type { TrustView } from '../../../core/trust/view.ts';
import type { MonotonicMillis } from '../../../core/units.ts';
import type { CodeReader } from '../../../ports/code-reader.ts';
import { type AppStore, clear } from '../store.ts';
import type { LogWriter } from '../sync/log-writer.ts';
import type { KioskTrouble } from './kiosk-state.ts';

interface Needs {
  readonly store: AppStore;
  readonly reader: Pick<CodeReader, 'hold'>;
  readonly camera: { start(): Promise<void>; stop(): void };
  readonly writer: LogWriter;
  readonly clock: { now(): TrustedNow };
  readonly trust: { view(): TrustView | undefined };
  monotonic(): MonotonicMillis;
  applyUpdate(): void;
  reload(): void;
}

/** Milliseconds. */
const every = {
  /** A camera counts as unused, and is let go, after 60 s: a kiosk's is in use day and night. */
  use: 20_000,
  /** A camera without a picture is asked for again. */
  camera: 30_000,
  /** What does not come right is tried with a page that is loaded anew. */
  reload: 30 * 60_000,
} as const;
/** Milliseconds without anybody after which a new version may take the page's place. */
export const quietMs = 60_000;

/** What a new page may mend: a disk that does not answer, a shift that does not begin, a camera that hangs. */
const isOurs = (trouble: KioskTrouble | undefined): boolean =>
  trouble === 'storage' || trouble === 'starting' || trouble === 'camera';

/** What keeps a phone at which nobody stands going, looked at every few seconds. */
export interface Upkeep {
  /** How long the camera has shown no picture, milliseconds. */
  darkMs(): number;
  tend(isQuiet: boolean): Promise<void>;
}

export function createUpkeep(needs: Needs): Upkeep {
  const { store, monotonic } = needs;
  let usedAt = monotonic() as number;
  let darkSince: number | undefined;
  let askedAt = Number.NEGATIVE_INFINITY;
  let wellAt = monotonic() as number;
  let isNoted = false;

  const isDark = () => {
    const { kiosk, camera } = store.getState();
    return kiosk !== undefined && kiosk.camera !== 'none' && camera.kind !== 'live';
  };
  function darkMs(): number {
    if (!isDark()) darkSince = undefined;
    else darkSince ??= monotonic();
    return darkSince === undefined ? 0 : monotonic() - darkSince;
  }

  /** Held, lost, hung, refused, plugged out: whatever it was, it is asked for again. */
  async function tendCamera(): Promise<void> {
    const { kiosk, camera, card } = store.getState();
    if (kiosk?.camera === 'none') return;
    const now = monotonic();
    if (camera.kind === 'live') {
      if (now - usedAt < every.use) return;
      usedAt = now;
      return needs.reader.hold(card !== undefined);
    }
    const isOpening = camera.kind === 'starting' && darkMs() < every.camera;
    if (isOpening || now - askedAt < every.camera) return;
    askedAt = now;
    needs.camera.stop();
    await needs.camera.start();
  }

  /**
   * Only an entry on disk proves that the disk takes entries again, and nobody is let in until then: the
   * trust set in force is noted once more, as soon as it can be.
   */
  async function tendLog(): Promise<void> {
    const { storageFault } = store.getState();
    if (storageFault === undefined) {
      isNoted = false;
      return;
    }
    if (isNoted) return needs.writer.settle();
    const view = needs.trust.view();
    if (!view) return;
    isNoted = true;
    const body = { type: 'trust', bundle: view.bundle.version, root: view.root.version } as const;
    if (await needs.writer.note(body, needs.clock.now())) clear(store, 'storageFault');
  }

  return {
    darkMs,
    async tend(isQuiet) {
      const { kioskTrouble, updateReady } = store.getState();
      if (isQuiet && updateReady) return needs.applyUpdate();
      if (!isOurs(kioskTrouble)) wellAt = monotonic();
      else if (monotonic() - wellAt > every.reload) {
        wellAt = monotonic();
        return needs.reload();
      }
      await tendLog();
      await tendCamera();
    },
  };
}
