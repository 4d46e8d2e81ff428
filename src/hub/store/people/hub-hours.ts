import type { Statement } from '../../../node/database.ts';
import { type HourChange, hourColumns } from './reckoning.ts';

/**
 * The sums of all gates by hour stand in so many parts, and only their sum means something: phones of gates
 * of different parts wait for no row of each other's.
 */
const parts = 16;

interface PartChange extends Omit<HourChange, 'gate' | 'companions'> {
  readonly part: number;
}

/**
 * What becomes of the sums of all gates where those of some gates change so: people alone, by all but the
 * gate. In one order everywhere, as `hourChanges`.
 */
function partChanges(changes: readonly HourChange[]): PartChange[] {
  const sums = new Map<string, PartChange>();
  for (const { gate, companions: _, ...change } of changes) {
    const { hour, standing, dir, state, reason, issuer, outcome } = change;
    const part = partOf(gate);
    // no column holds U+0000
    const name = [part, hour, standing, dir, state, reason, issuer, outcome].join('\0');
    const count = (sums.get(name)?.count ?? 0) + change.count;
    sums.set(name, { ...change, part, count });
  }
  return [...sums]
    .filter(([, { count }]) => count !== 0)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, change]) => change);
}

/** All phones of a gate wait for its own sums as it is: they share a part. */
function partOf(gate: string): number {
  let sum = 0;
  for (let i = 0; i < gate.length; i++) sum += gate.charCodeAt(i);
  return sum % parts;
}

/**
 * Adds to the sums of all gates, after the statement before it among those of `together`: whoever holds rows of
 * these and waits for a gate's would wait in a circle. None where nobody is counted otherwise.
 */
export function hubHoursStatements(hours: readonly HourChange[]): Statement[] {
  const changes = partChanges(hours);
  if (changes.length === 0) return [];
  return [
    {
      text: `insert into hub_hours (part, hour, standing, dir, state, reason, issuer, outcome, count)
       select * from unnest($1::int[], $2::bigint[], $3::text[], $4::text[], $5::text[], $6::text[],
         $7::text[], $8::text[], $9::bigint[]) where (select count(*) from @before) > 0
       on conflict (part, hour, standing, dir, state, reason, issuer, outcome) do update set
         count = hub_hours.count + excluded.count`,
      params: [changes.map(({ part }) => part), ...hourColumns(changes)],
    },
  ];
}
