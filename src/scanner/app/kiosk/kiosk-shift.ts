import { kioskRefusal } from '../../../core/log/outcome.ts';
import { peopleOf } from '../../../core/log/people.ts';
import type { TrustView } from '../../../core/trust/view.ts';
import { type EpochMillis, epochMillis } from '../../../core/units.ts';
import type { Leader } from '../../../ports/world.ts';
import { writeOutcome } from '../scan/outcome.ts';
import { recall } from '../scan/recent.ts';
import type { WhoPassed } from '../scan/shown/who-passed.ts';
import { nobodyOnDuty } from '../shift/guards.ts';
import { handOver, type ShiftNeeds, setPaused, startShift } from '../shift/shift.ts';
import { clear } from '../store.ts';
import type { DeviceStore, LogStore } from '../stores.ts';
import type { TrustedClock } from '../trust/trusted-clock.ts';
import type { KioskPlan } from './kiosk-state.ts';

export interface KioskShiftNeeds extends Omit<ShiftNeeds, 'device' | 'log'> {
  readonly device: Pick<DeviceStore, 'shift' | 'setShift' | 'changeGuards'>;
  readonly log: LogStore;
  readonly leader: Leader;
  readonly clock: TrustedClock;
  readonly trust: { view(): TrustView | undefined };
  readonly whoPassed: WhoPassed;
}

/** The hour of the night, by the tablet's own time zone, at which its shift is over. */
export const rollHour = 4;
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** Whether it began before the last time that hour struck, or a day ago. */
export function isShiftOver(startedAt: EpochMillis, at: EpochMillis): boolean {
  if (at - startedAt >= dayMs) return true;
  const struck = new Date(at);
  struck.setHours(rollHour, 0, 0, 0);
  const last = struck.getTime() <= at ? struck.getTime() : struck.getTime() - dayMs;
  return startedAt < last;
}

/**
 * Sees to it that a kiosk is on shift: a shift of its own, which nobody begins or ends, and which goes on
 * in the next one each night. Of two tabs one does it, and the other takes over what it finds. True where
 * a shift has ended. Rejects with the store's `Fault`.
 */
export async function tendShift(
  needs: KioskShiftNeeds,
  plan: KioskPlan,
  isQuiet: boolean,
): Promise<boolean> {
  const { store } = needs;
  if (!isDue(needs, plan, isQuiet)) return false;
  let isEnded = false;
  await needs.leader.run('kakou-kiosk', async () => {
    const { shift } = store.getState();
    const onDisk = await needs.device.shift();
    if (onDisk && onDisk.id !== shift?.id) {
      store.setState({ shift: onDisk });
      await recall(store, needs.log, onDisk.id);
    }
    if (!isDue(needs, plan, isQuiet)) return;
    isEnded = await begin(needs, plan);
  });
  return isEnded;
}

/** People at the door put the end of a shift off for an hour, a card on screen always. */
function isDue({ store, clock }: KioskShiftNeeds, plan: KioskPlan, isQuiet: boolean): boolean {
  const { shift, card } = store.getState();
  if (!shift || shift.pausedAt !== undefined) return true;
  if (shift.operator !== nobodyOnDuty || shift.scannedWith !== plan.scannedWith) return true;
  const patienceMs = isQuiet ? 0 : hourMs;
  return !card && isShiftOver(shift.startedAt, epochMillis(clock.now().at - patienceMs));
}

async function begin(needs: KioskShiftNeeds, plan: KioskPlan): Promise<boolean> {
  const { store } = needs;
  const now = needs.clock.now();
  const { shift } = store.getState();
  if (!shift) {
    await startShift(needs, nobodyOnDuty, now, plan.scannedWith);
    return false;
  }
  if (shift.pausedAt !== undefined) await setPaused(needs, false, now);
  if (shift.operator === nobodyOnDuty) await sayWhatIsOpen(needs);
  await proveDisk(needs);
  await handOver(needs, nobodyOnDuty, needs.clock.now(), plan.scannedWith);
  clear(store, 'summary'); // nobody is there to read it: it is in the log, at the hub, and with the PIN
  return true;
}

/**
 * The end of a shift waits in memory where the disk takes nothing, and with nobody here to see that, a
 * power cut would lose it: so the shift goes on until an entry, of the rules in force, is on disk.
 */
async function proveDisk({ writer, trust, clock }: KioskShiftNeeds): Promise<void> {
  const view = trust.view();
  if (!view) return;
  const body = { type: 'trust', bundle: view.bundle.version, root: view.root.version } as const;
  await writer.append(body, clock.now());
}

/**
 * Whoever stood before a kiosk as its power went was let in by nobody: that is said as soon as it is back.
 */
export async function sayWhatIsOpen(needs: KioskShiftNeeds): Promise<void> {
  const { shift, card } = needs.store.getState();
  if (shift?.operator !== nobodyOnDuty) return;
  for (const line of peopleOf(await needs.log.readShift(shift.id))) {
    const { seq, outcome, state, reason } = line;
    if (outcome !== 'not-recorded' || seq === card?.seq || !state || !reason) continue;
    const said = { outcome: 'refused', by: 'scanner', why: kioskRefusal } as const;
    await writeOutcome(needs, { ref: seq, state, reason }, said);
  }
}
