import { calculateJwkThumbprint } from 'jose';
import type { PublicJwk } from '../../../core/jwk.ts';
import type { DeviceRecord } from '../../../core/log/device-record.ts';
import type { LogHead } from '../../../core/log/entry.ts';
import type { EpochMillis } from '../../../core/units.ts';

/** Signs with the hub's receipt key. */
export type SignDevice = (record: DeviceRecord) => Promise<string>;

/** What the hub can say of a device now. */
export async function describeDevice(
  device: {
    readonly id: string;
    readonly jwk: PublicJwk;
    readonly gate: { readonly id: string };
    readonly enrolledAt: EpochMillis;
  },
  log: { readonly unsigned: number; readonly forgotten: LogHead },
  t: EpochMillis,
): Promise<DeviceRecord> {
  const { id, jwk, gate, enrolledAt } = device;
  const jkt = await calculateJwkThumbprint(jwk);
  return { device: id, jkt, gate: gate.id, enrolledAt, ...log, t };
}
