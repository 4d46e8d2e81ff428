import { limits } from '../../../core/limits.ts';
import type { EpochMillis } from '../../../core/units.ts';
import type { Phone } from '../../../ports/phone.ts';
import type { AppState } from '../state.ts';
import type { AppStore } from '../store.ts';
import { isLasting, reachOf } from '../sync/sync-state.ts';
import type { Check } from './phone-state.ts';
import type { Timings } from './timings.ts';

export interface SelfCheckActions {
  runSelfCheck(): Promise<void>;
}

interface Needs {
  readonly store: AppStore;
  readonly phone?: () => Promise<Phone>;
  readonly clock: { now(): { readonly at: EpochMillis } };
  readonly timings: Pick<Timings, 'median'>;
}

export const createSelfCheck = ({
  store,
  phone: load,
  clock,
  timings,
}: Needs): SelfCheckActions => ({
  async runSelfCheck() {
    const phone = await load?.();
    if (!phone) return;
    const checks = await selfCheck(store.getState(), phone, clock.now().at, timings.median);
    store.setState({ checks });
  },
});

const tightBytes = 50_000_000;

/**
 * What a help desk asks first. Each line is good, worth a look or trouble, with a code that names
 * nobody. `at` is the trusted time, `median` what things took so far.
 */
export async function selfCheck(
  state: AppState,
  phone: Phone,
  at: EpochMillis,
  median: Timings['median'],
): Promise<Check[]> {
  const [storage, decoder, offline] = await Promise.all([
    phone.storage(),
    phone.decoder(),
    phone.worksOffline(),
  ]);
  const free = (storage.quotaBytes ?? Number.POSITIVE_INFINITY) - (storage.usedBytes ?? 0);
  const { problem } = state.sync;
  const check = (name: Check['name'], grade: Check['grade'], detail: string): Check => ({
    name,
    grade,
    detail,
  });
  return [
    state.camera.kind === 'problem'
      ? check('camera', 'bad', `camera-${state.camera.problem}`)
      : check('camera', 'good', state.camera.kind),
    decoder === undefined
      ? check('decoder', 'bad', 'decoder-failed')
      : check('decoder', decoder.name === 'script' ? 'fair' : 'good', decoder.name),
    check('clock', clockGrades[state.clock], state.clock),
    keysCheck(state, at),
    listCheck(state, at),
    state.storageFault
      ? check('storage', 'bad', state.storageFault)
      : free < tightBytes
        ? check('storage', 'bad', 'storage-quota')
        : check('storage', storage.persisted ? 'good' : 'fair', `persisted=${storage.persisted}`),
    check('sound', phone.soundWorks() ? 'good' : 'fair', phone.soundWorks() ? 'open' : 'closed'),
    screenCheck(state, phone),
    check('offline', offlineGrades[offline], `stored=${offline}`),
    hubCheck(state),
    check(
      'upload',
      problem !== undefined && isLasting(problem) ? 'bad' : 'good',
      `waiting=${state.sync.unsynced} ${problem ?? ''}`.trim(),
    ),
    deskCheck(state),
    speedCheck(decoder?.ms, median),
  ];
}

const offlineGrades = { yes: 'good', soon: 'fair', no: 'bad' } as const;
const clockGrades = { synced: 'good', held: 'good', unconfirmed: 'fair', bad: 'bad' } as const;

/** Settings that were refused change nothing; somebody has to be told all the same. */
const deskCheck = ({ desk, deskProblem }: AppState): Check => ({
  name: 'desk',
  grade: deskProblem === undefined ? 'good' : 'fair',
  detail: [desk === undefined ? 'none' : `set=${desk.iat}`, deskProblem ?? ''].join(' ').trim(),
});

function keysCheck({ trust }: AppState, at: EpochMillis): Check {
  if (trust.bundle === undefined || trust.exp === undefined)
    return { name: 'keys', grade: 'bad', detail: 'trust-missing' };
  const isOver = at >= trust.exp;
  return {
    name: 'keys',
    grade: isOver ? 'bad' : trust.problem === undefined ? 'good' : 'fair',
    detail: isOver ? 'trust-expired' : `bundle=${trust.bundle} ${trust.problem ?? ''}`.trim(),
  };
}

/** Milliseconds above which a person at the gate notices. */
const slow = { camera: 4000, decode: 400, verdict: 500, write: 300 };

/** Medians of this start of the app, milliseconds; what was not done yet is not told. */
function speedCheck(decodeMs: number | undefined, median: Timings['median']): Check {
  const took = {
    camera: median('camera'),
    decode: decodeMs,
    verdict: median('verdict'),
    write: median('write'),
  };
  const known = Object.entries(took).filter(([, ms]) => ms !== undefined);
  const isSlow = known.some(([what, ms = 0]) => ms > slow[what as keyof typeof slow]);
  return {
    name: 'speed',
    grade: isSlow ? 'fair' : 'good',
    detail: known.map(([what, ms]) => `${what}=${ms}ms`).join(' ') || 'none',
  };
}

/** The status line's own word for the way to the hub. */
function hubCheck(state: AppState): Check {
  const reach = reachOf(state);
  const grade = reach === 'online' ? 'good' : reach === 'refused' ? 'bad' : 'fair';
  return { name: 'hub', grade, detail: reach };
}

/** Only during a shift is the screen kept on; then anything else makes it go dark at the gate. */
function screenCheck({ shift }: AppState, phone: Phone): Check {
  const awake = phone.awake();
  const isAsked = shift !== undefined && shift.pausedAt === undefined;
  const isBad = awake === 'unsupported' || (isAsked && awake !== 'on');
  return { name: 'screen', grade: isBad ? 'fair' : 'good', detail: `awake=${awake}` };
}

function listCheck({ trust }: AppState, at: EpochMillis): Check {
  if (trust.listAt === undefined) return { name: 'list', grade: 'fair', detail: 'none' };
  const ageS = Math.max(0, Math.round((at - trust.listAt) / 1000));
  const grade = ageS > limits.listTooOldS ? 'bad' : ageS > limits.listAmberS ? 'fair' : 'good';
  return { name: 'list', grade, detail: `age=${Math.round(ageS / 3600)}h` };
}
