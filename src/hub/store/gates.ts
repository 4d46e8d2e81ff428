import type { EpochMillis } from '../../core/units.ts';
import type { VerdictState } from '../../core/verify/verdict.ts';
import type { Queries } from '../../node/database.ts';
import { type Gate, listDevices } from './devices.ts';
import { listMissing } from './missing.ts';
import {
  addPeople,
  type CountedPeople,
  countPeople,
  countStates,
  counts,
  type HubPeople,
  nobody,
  peopleOfDevice,
} from './people/totals.ts';
import { gatesById } from './places/gates.ts';

/** A gate that a device was ever enrolled at, described as at the newest enrolment. */
export interface HubGate extends Gate {
  /** Devices there that are not revoked. */
  readonly trusted: number;
  /** When an entry of any of its devices came last. */
  readonly receivedAt?: number;
  /**
   * Scans since the time asked for, by the verdict first shown: of devices enrolled here, as long as
   * they were trusted.
   */
  readonly states: Readonly<Record<VerdictState, number>>;
  /** People of the same time and devices, with or without a code, and how it ended. */
  readonly people: HubPeople;
  /** Scans that say this gate and are not counted in `states`. */
  readonly notCounted: {
    /** They came after their device was revoked. */
    readonly revoked: number;
    /** Their device is enrolled at another gate. */
    readonly elsewhere: number;
  };
}

/** A gate's facts without its id. */
export type Known = Omit<Gate, 'id'>;

/** Those of these gates that are known, as operators last described them. */
export async function knownGates(
  sql: Queries,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Known>> {
  const gates = [...(await gatesById(sql, ids)).values()];
  return new Map(
    gates.map(({ id, name, venue, region }) => [
      id,
      { name, venue, ...(region !== undefined && { region }) },
    ]),
  );
}

/** Every gate, in the order of its first enrolment; its scans are those made `since`. */
export async function listGates(sql: Queries, since: EpochMillis): Promise<HubGate[]> {
  const missing = new Map((await listMissing(sql)).map((one) => [one.device, one]));
  const gates = new Map<string, Omit<HubGate, keyof Counts>>();
  const devices = await listDevices(sql);
  for (const { id, gate, revokedAt } of devices) {
    const before = gates.get(gate.id);
    const times = [before?.receivedAt, missing.get(id)?.receivedAt].flatMap((at) => at ?? []);
    const trusted = (before?.trusted ?? 0) + (revokedAt === undefined ? 1 : 0);
    const receivedAt = times.length > 0 ? { receivedAt: Math.max(...times) } : {};
    gates.set(gate.id, { ...gate, trusted, ...receivedAt });
  }
  const enrolledAt = new Map(devices.map(({ id, gate }) => [id, gate.id]));
  const counts = await scansSince(sql, enrolledAt, since);
  return [...gates.values()].map((gate) => ({ ...gate, ...(counts.get(gate.id) ?? nothing) }));
}

type Counts = Pick<HubGate, 'states' | 'people' | 'notCounted'>;
const nothing: Counts = {
  states: { pass: 0, check: 0, stop: 0, unknown: 0 },
  people: nobody,
  notCounted: { revoked: 0, elsewhere: 0 },
};
const states = ['pass', 'check', 'stop', 'unknown'] as const;

async function scansSince(
  sql: Queries,
  enrolledAt: ReadonlyMap<string, string>,
  since: EpochMillis,
): Promise<ReadonlyMap<string, Counts>> {
  const rows = await sql.query<
    { gate: string; device: string; trusted: boolean; first: number } & CountedPeople &
      Record<VerdictState, number>
  >(
    `select gate, device, trusted, min(seq) as first, ${countStates}, ${countPeople} from scans
     where gate = any($1::text[]) and at >= $2 group by gate, device, trusted`,
    [[...new Set(enrolledAt.values())], since],
  );
  const sums = new Map<string, Counts>();
  for (const row of rows) {
    const so = sums.get(row.gate) ?? nothing;
    const isHere = enrolledAt.get(row.device) === row.gate;
    const sum = add(so, row, isHere);
    const people = isHere && row.trusted ? await peopleSince(sql, row, since) : nobody;
    sums.set(row.gate, { ...sum, people: addPeople(so.people, people) });
  }
  return sums;
}

/** From the columns; of a device of which some are not filled yet every entry since then is read. */
const peopleSince = (
  sql: Queries,
  row: CountedPeople & { readonly device: string; readonly gate: string; readonly first: number },
  since: EpochMillis,
): HubPeople | Promise<HubPeople> => {
  const { device, gate, first } = row;
  if (row.uncounted === 0) return counts(row);
  return peopleOfDevice(sql, device, 'seq >= $3 and gate = $4 and at >= $5 and trusted', [
    ...[first, gate, since],
  ]);
};

function add(
  so: Counts,
  row: { readonly trusted: boolean } & Record<VerdictState, number>,
  isEnrolledHere: boolean,
): Counts {
  if (isEnrolledHere && row.trusted) {
    const sum = states.map((state) => [state, so.states[state] + row[state]]);
    return { ...so, states: Object.fromEntries(sum) as Record<VerdictState, number> };
  }
  const scans = states.reduce((total, state) => total + row[state], 0);
  const which = isEnrolledHere ? 'revoked' : 'elsewhere';
  return { ...so, notCounted: { ...so.notCounted, [which]: so.notCounted[which] + scans } };
}
