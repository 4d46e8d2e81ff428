import type { EpochMillis } from '../../core/units.ts';
import type { VerdictState } from '../../core/verify/verdict.ts';
import type { Queries } from './database.ts';
import { type Gate, listDevices } from './devices.ts';
import { listMissing } from './missing.ts';
import { countStates } from './shifts.ts';

/** A gate that a device was ever enrolled at, described as at the newest enrolment. */
export interface HubGate extends Gate {
  /** Devices there that are not revoked. */
  readonly trusted: number;
  /** When an entry of any of its devices came last. */
  readonly receivedAt?: number;
  /** Scans since the time asked for, by the verdict first shown. */
  readonly states: Readonly<Record<VerdictState, number>>;
}

/** Every gate, in the order of its first enrolment; its scans are those made `since`. */
export async function listGates(sql: Queries, since: EpochMillis): Promise<HubGate[]> {
  const missing = new Map((await listMissing(sql)).map((one) => [one.device, one]));
  const gates = new Map<string, Omit<HubGate, 'states'>>();
  for (const { id, gate, revokedAt } of await listDevices(sql)) {
    const before = gates.get(gate.id);
    const times = [before?.receivedAt, missing.get(id)?.receivedAt].flatMap((at) => at ?? []);
    const trusted = (before?.trusted ?? 0) + (revokedAt === undefined ? 1 : 0);
    const receivedAt = times.length > 0 ? { receivedAt: Math.max(...times) } : {};
    gates.set(gate.id, { ...gate, trusted, ...receivedAt });
  }
  const counts = await scansSince(sql, [...gates.keys()], since);
  return [...gates.values()].map((gate) => ({ ...gate, states: counts.get(gate.id) ?? none }));
}

const none = { pass: 0, check: 0, stop: 0, unknown: 0 };

async function scansSince(sql: Queries, gates: readonly string[], since: EpochMillis) {
  const rows = await sql.query<{ gate: string } & Record<VerdictState, number>>(
    `select gate, ${countStates} from scans
     where gate = any($1::text[]) and at >= $2 group by gate`,
    [gates, since],
  );
  return new Map(rows.map(({ gate, ...states }) => [gate, states]));
}
