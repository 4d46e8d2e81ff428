import { limits } from '../../../core/limits.ts';
import type { AppState } from '../../app/state.ts';
import type { Reach } from '../../app/sync/sync-state.ts';
import type { Words } from '../use-ui.ts';

/** One fact about the phone. `amber`: act today; `red`: it stops admitting. */
export interface Note {
  readonly tone: 'calm' | 'amber' | 'red';
  readonly text: string;
}

/** Every member has to be named: one left out would be a warning that nobody sees. */
interface Watched extends Pick<AppState, 'trust' | 'clock' | 'sync'> {
  readonly recalled: AppState['recalled'] | undefined;
  readonly reach: Reach;
  readonly trustBehind: AppState['trustBehind'] | undefined;
  readonly clockSkewS: AppState['clockSkewS'] | undefined;
}

const warnBeforeExpiryMs = 24 * 3600 * 1000;

/** What the guard must know of uploads, checking data and clock, most urgent first. */
export function notesOf(state: Watched, now: number, words: Words): Note[] {
  const { t } = words;
  if (!state.recalled) return [{ tone: 'calm', text: t('app.starting') }];
  const { unsynced } = state.sync;
  const notes: Note[] = [
    ...trustNotes(state.trust, now, words),
    ...(state.trustBehind ? [{ tone: 'amber', text: t('status.trustBehind') } as const] : []),
    ...clockNotes(state.clock, words),
    ...skewNotes(state.clockSkewS, words),
    {
      tone: 'calm',
      text: unsynced === 0 ? t('status.synced') : t('status.unsynced', { n: unsynced }),
    },
  ];
  // "keep scanning" is no advice where nothing can be decided
  const isStuck = notes.some(({ tone }) => tone === 'red');
  if (!isStuck || state.reach === 'not-the-hub') notes.push(...reachNotes(state.reach, words));
  const order = { red: 0, amber: 1, calm: 2 };
  return notes.sort((a, b) => order[a.tone] - order[b.tone]);
}

function trustNotes(trust: AppState['trust'], now: number, { t, f }: Words): Note[] {
  if (trust.bundle === undefined || trust.exp === undefined)
    return [{ tone: 'red', text: t('status.trustMissing') }];
  if (now >= trust.exp) return [{ tone: 'red', text: t('status.trustExpired') }];
  const notes: Note[] = [];
  const ago = (at: number) => f.ago(Math.max(0, (now - at) / 1000));
  if (trust.exp - now <= warnBeforeExpiryMs)
    notes.push({ tone: 'amber', text: t('status.connectBy', { when: f.dayTime(trust.exp, now) }) });
  else if (trust.iat !== undefined)
    notes.push({ tone: 'calm', text: t('status.trustAge', { ago: ago(trust.iat) }) });
  if (trust.listAt !== undefined && now - trust.listAt > limits.listAmberS * 1000)
    notes.push({ tone: 'amber', text: t('status.listOld', { ago: ago(trust.listAt) }) });
  return notes;
}

/** What to do about the way to the hub. Without a network nothing: that is what this app is for. */
function reachNotes(reach: Reach, { t }: Words): Note[] {
  if (reach === 'online' || reach === 'offline') return [];
  return [{ tone: 'amber', text: t(`status.reach.${reach}`) }];
}

function skewNotes(skewS: number | undefined, { t, f }: Words): Note[] {
  if (skewS === undefined) return [];
  const n = f.number(Math.abs(skewS));
  return [{ tone: 'red', text: t(skewS > 0 ? 'status.clock.fast' : 'status.clock.slow', { n }) }];
}

function clockNotes(clock: AppState['clock'], { t }: Words): Note[] {
  switch (clock) {
    case 'synced':
      return [];
    case 'held':
      return [{ tone: 'calm', text: t('status.clock.held') }];
    case 'unconfirmed':
      return [{ tone: 'amber', text: t('status.clock.unconfirmed') }];
    default:
      return [{ tone: 'red', text: t('status.clock.bad') }];
  }
}
