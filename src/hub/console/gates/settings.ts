import type { GateSettings } from '../../../core/enrol/gate-settings.ts';
import { hashPin } from '../../../core/enrol/pin.ts';
import { toSeconds } from '../../../core/units.ts';
import type { Queries } from '../../../node/database.ts';
import { recordAct } from '../../operators/act-log.ts';
import {
  keepSettings,
  type SettingsChange,
  whatChanges,
} from '../../store/places/gate-settings.ts';
import { type AskedBy, actorOf } from '../asked.ts';

interface Typed {
  readonly settings: GateSettings | undefined;
  readonly pin: string | null | undefined;
}

/** The same with the PIN hashed, which takes a second and so comes before any transaction. */
export async function hashed({ hub }: AskedBy, { settings, pin }: Typed): Promise<SettingsChange> {
  return {
    ...(settings && { settings }),
    ...(pin === null && { pin }),
    ...(typeof pin === 'string' && { pin: await hashPin(pin, hub.random(16)) }),
  };
}

/** Phones go by when settings were set: none is dated by a clock in doubt. */
export async function isUndatable(
  tx: Queries,
  { hub }: AskedBy,
  gate: string,
  change: SettingsChange,
): Promise<boolean> {
  if (!hub.signing?.doubt()) return false;
  const { settings, pin } = await whatChanges(tx, gate, change);
  return settings || pin;
}

/** Keeps a gate's settings and writes down that they are others, and never a PIN. */
export async function keepAndRecord(
  tx: Queries,
  asked: AskedBy,
  gate: string,
  change: SettingsChange,
): Promise<void> {
  const { now } = asked;
  const changed = await keepSettings(tx, gate, change, toSeconds(now));
  if (!changed.settings && !changed.pin) return;
  const facts = {
    gate,
    ...(changed.settings && change.settings),
    ...(changed.pin && { pin: change.pin === null ? 'removed' : 'set' }),
  };
  await recordAct(tx, { at: now, by: actorOf(asked), act: 'gate-settings-changed', facts });
}
