import type { LogEntry } from '../../../core/log/entry.ts';
import { type ScannedWith, scannedWiths } from '../../../core/log/outcome.ts';
import type { GateFacts } from '../../../core/verify/venue-rules.ts';
import { isPlaceFull, wayNow } from '../place/way.ts';
import type { AppState } from '../state.ts';
import type { AppStore } from '../store.ts';
import type { ActiveShift, DeviceStore } from '../stores.ts';

/**
 * Changes how this shift measures. No entry of its own: every scan says how it was measured, so the log
 * is true to the scan. Throws a `Fault` where the disk does not take it; then nothing has changed.
 */
export async function changeScannedWith(
  { store, device }: { readonly store: AppStore; readonly device: Pick<DeviceStore, 'setShift'> },
  scannedWith: ScannedWith | undefined,
): Promise<void> {
  const { shift } = store.getState();
  if (!shift || shift.scannedWith === scannedWith) return;
  const { scannedWith: _, ...rest } = shift;
  const next: ActiveShift = { ...rest, ...(scannedWith && { scannedWith }) };
  await device.setShift(next);
  store.setState({ shift: next });
}

/** How everybody is measured at this gate now, before the code is shown; undefined: nobody is. */
export const measuredWith = ({
  shift,
  trust,
}: Pick<AppState, 'shift' | 'trust'>): ScannedWith | undefined =>
  trust.temperature?.mode === 'exception' ? shift?.scannedWith : undefined;

/** A gate as it is at this moment of the shift: what steps 8 and 9 are given. */
export function gateNow(gate: GateFacts, state: GateState): GateFacts {
  const { shift, desk, lookOnly } = state;
  // who looks at a code asks whether it would let its holder in
  const isOut = wayNow(state) === 'out' && !lookOnly;
  return {
    ...gate,
    ...(shift?.scannedWith !== undefined && { measuredBefore: true }),
    ...(desk?.passBackS !== undefined && { passBackS: desk.passBackS }),
    ...(isOut && { leaving: true }),
    ...(isPlaceFull(state) && !lookOnly && { full: true }),
  };
}
type GateState = Pick<AppState, 'shift' | 'desk' | 'place' | 'heads' | 'lookOnly'>;

/** Which way a shift's people went last: at a gate for both, the way the guard had switched to. */
export function lastWay(entries: readonly LogEntry[]): 'out' | undefined {
  const said = entries.findLast(({ type }) => type === 'scan' || type === 'manual');
  return said && 'dir' in said && said.dir === 'out' ? 'out' : undefined;
}

/** What a shift's entries last said of it: its start, or a scan since. A word of a later version is none. */
export function lastScannedWith(entries: readonly LogEntry[]): ScannedWith | undefined {
  const said = entries.findLast(({ type }) => type === 'shift-start' || type === 'scan');
  const word = said && 'scannedWith' in said ? said.scannedWith : undefined;
  return scannedWiths.find((known) => known === word);
}
