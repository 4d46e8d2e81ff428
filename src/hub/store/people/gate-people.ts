import type { Statement } from '../../../node/database.ts';
import type { HourChange } from './reckoning.ts';

/** Of those who came to a gate in an hour and are counted among its own. */
interface PeopleChange {
  readonly gate: string;
  readonly hour: number;
  readonly people: number;
  readonly refused: number;
}

/** What becomes of them where the gates' sums change so; in the order of these. */
function peopleChanges(changes: readonly HourChange[]): PeopleChange[] {
  const sums = new Map<string, PeopleChange>();
  for (const { gate, hour, standing, dir, outcome, count } of changes) {
    if (standing !== 'counted' || dir !== 'in') continue;
    const name = `${hour} ${gate}`;
    const { people = 0, refused = 0 } = sums.get(name) ?? {};
    sums.set(name, {
      ...{ gate, hour, people: people + count },
      refused: refused + (outcome === 'refused' ? count : 0),
    });
  }
  return [...sums.values()].filter(({ people, refused }) => people !== 0 || refused !== 0);
}

/**
 * Adds to the sums of people by gate and hour, after the statement before it among those of `together`, as
 * every upload does it in one order. None where nobody came otherwise.
 */
export function gatePeopleStatements(hours: readonly HourChange[]): Statement[] {
  const changes = peopleChanges(hours);
  if (changes.length === 0) return [];
  return [
    {
      text: `insert into gate_people (gate, hour, people, refused)
       select * from unnest($1::text[], $2::bigint[], $3::bigint[], $4::bigint[])
         where (select count(*) from @before) > 0
       on conflict (gate, hour) do update set people = gate_people.people + excluded.people,
         refused = gate_people.refused + excluded.refused returning gate`,
      params: [
        changes.map(({ gate }) => gate),
        changes.map(({ hour }) => hour),
        changes.map(({ people }) => people),
        changes.map(({ refused }) => refused),
      ],
    },
  ];
}
