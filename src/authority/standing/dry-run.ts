import { judge, type RuleSet } from '../../core/health/colour-rules.ts';
import { type EpochMillis, toSeconds } from '../../core/units.ts';
import type { Queries } from '../../node/database.ts';
import { risksOf } from '../store/districts.ts';
import { casesOf } from './cases.ts';

/** What a set of rules would do to everybody there is, without doing it. */
export interface DryRun {
  readonly persons: number;
  /** People by state as it would be; `-` is nobody's: a rule failed. */
  readonly states: Readonly<Record<string, number>>;
  /** How many would change, by `before>after`. */
  readonly changes: Readonly<Record<string, number>>;
  /** How often each rule holds. */
  readonly rules: Readonly<Record<string, number>>;
  /** How often each rule could not be worked out. Such a set is not taken into use. */
  readonly failed: Readonly<Record<string, number>>;
}

const stride = 1000;

/** Judges everybody, some at a time and outside of a transaction: the service answers meanwhile. */
export async function dryRun(
  sql: Queries,
  rules: RuleSet,
  now: EpochMillis,
  pause: () => Promise<void> = async () => {},
): Promise<DryRun> {
  const [states, changes, held, failed] = [tally(), tally(), tally(), tally()];
  const risks = await risksOf(sql);
  let persons = 0;
  for (let after = ''; ; ) {
    const ids = await sql.query<{ id: string }>(
      `select id from persons where id > $1 order by id limit ${stride}`,
      [after],
    );
    const last = ids.at(-1);
    if (!last) break;
    after = last.id;
    for (const one of await casesOf(
      sql,
      ids.map(({ id }) => id),
      risks,
      now,
    )) {
      const standing = judge(rules, one.case, toSeconds(now));
      const state = standing.state ?? '-';
      persons++;
      states.add(state);
      if (one.before !== undefined && (one.before.state ?? '-') !== state)
        changes.add(`${one.before.state ?? '-'}>${state}`);
      for (const { rule } of standing.because) held.add(rule);
      for (const rule of standing.failed) failed.add(rule);
    }
    await pause();
  }
  return {
    persons,
    ...{ states: states.read(), changes: changes.read() },
    ...{ rules: held.read(), failed: failed.read() },
  };
}

function tally() {
  const counts = new Map<string, number>();
  return {
    add: (name: string) => void counts.set(name, (counts.get(name) ?? 0) + 1),
    read: () => Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}
