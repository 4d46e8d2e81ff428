import type { Statement } from '../../../node/database.ts';
import { gatePeopleStatements } from './gate-people.ts';
import { hubHoursStatements } from './hub-hours.ts';
import { type HourChange, type HourKey, hourColumns, type Person } from './reckoning.ts';

/**
 * What becomes of the sums where these people were so before and are so now. In one order everywhere:
 * two hubs that change the same rows wait for each other, and never in a circle.
 */
export function hourChanges(before: Iterable<Person>, after: Iterable<Person>): HourChange[] {
  const sums = new Map<string, Mutable<HourChange>>();
  const add = (person: Person, sign: 1 | -1): void => {
    const { gate, hour, standing, dir, state, reason, issuer, outcome } = person;
    // no column holds U+0000
    const name = `${gate}\0${hour}\0${standing}\0${dir}\0${state}\0${reason}\0${issuer}\0${outcome}`;
    let sum = sums.get(name);
    if (!sum) {
      const key = { gate, hour, standing, dir, state, reason, issuer, outcome };
      sum = { ...key, count: 0, companions: 0 };
      sums.set(name, sum);
    }
    sum.count += sign * (person.count ?? 1);
    sum.companions += sign * person.companions;
  };
  for (const person of before) add(person, -1);
  for (const person of after) add(person, 1);
  return [...sums.values()]
    .filter(({ count, companions }) => count !== 0 || companions !== 0)
    .map((change) => ({ name: nameOf(change), change }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ change }) => change);
}

type Mutable<T> = { -readonly [Name in keyof T]: T[Name] };

const nameOf = ({ gate, hour, standing, dir, state, reason, issuer, outcome }: HourKey): string =>
  JSON.stringify([gate, hour, standing, dir, state, reason, issuer, outcome]);

/**
 * Adds to the sums of gates, to their people by hour, and then to the sums of all gates: statements for `together`, none where nothing
 * changes. The last thing a transaction does: until its end it holds rows others wait for. `when`: a
 * condition for all of them.
 */
export function hoursStatements(changes: readonly HourChange[], when = 'true'): Statement[] {
  return changes.length === 0
    ? []
    : [
        gateHoursStatement(changes, when),
        ...gatePeopleStatements(changes),
        ...hubHoursStatements(changes),
      ];
}

function gateHoursStatement(changes: readonly HourChange[], when: string): Statement {
  return {
    text: `insert into gate_hours
       (gate, hour, standing, dir, state, reason, issuer, outcome, count, companions)
     select * from unnest($1::text[], $2::bigint[], $3::text[], $4::text[], $5::text[],
       $6::text[], $7::text[], $8::text[], $9::bigint[], $10::bigint[]) where ${when}
     on conflict (gate, hour, standing, dir, state, reason, issuer, outcome) do update set
       count = gate_hours.count + excluded.count,
       companions = gate_hours.companions + excluded.companions returning gate`,
    params: [
      changes.map(({ gate }) => gate),
      ...hourColumns(changes),
      changes.map(({ companions }) => companions),
    ],
  };
}
