import * as v from 'valibot';
import { type RuleSet, ruleSet } from '../../core/health/colour-rules.ts';
import { err, ok, type Result } from '../../core/result.ts';
import type { EpochMillis } from '../../core/units.ts';
import type { Sql } from '../../node/database.ts';
import { type Actor, recordAct } from '../../node/store/act-log.ts';
import { type District, setRisk } from '../store/districts.ts';
import { addRules, useRules } from '../store/rule-sets.ts';
import { type DryRun, dryRun } from './dry-run.ts';
import { beginSettling } from './recompute.ts';

export interface UseNeeds {
  readonly sql: Sql;
  readonly now: EpochMillis;
  readonly by: Actor;
}

/** A set of rules as it was sent; undefined when it is none. */
export function readRules(value: unknown): RuleSet | undefined {
  const parsed = v.safeParse(ruleSet, value);
  return parsed.success ? parsed.output : undefined;
}

/**
 * Takes a set into use after a dry run over everybody. One that fails for anybody is not taken
 * (`rules-failed`): it would leave them without a code.
 */
export async function putRulesInForce(
  rules: RuleSet,
  { sql, now, by }: UseNeeds,
): Promise<Result<{ readonly version: number; readonly dry: DryRun }, DryRun>> {
  const dry = await dryRun(sql, rules, now);
  if (Object.keys(dry.failed).length > 0) return err(dry);
  const version = await sql.transaction(async (tx) => {
    const added = await addRules(tx, rules, now);
    await useRules(tx, added, now);
    const changes = Object.entries(dry.changes).map(([change, count]) => `${change} ${count}`);
    await recordAct(tx, {
      ...{ at: now, by, act: 'rules-used' },
      facts: { version: added, persons: dry.persons, changes },
    });
    await beginSettling(tx);
    return added;
  });
  return ok({ version, dry });
}

/** Sets risks of districts; whoever lives there or has been there is judged anew. How many changed. */
export const putRisks = (
  districts: readonly District[],
  { sql, now, by }: UseNeeds,
): Promise<number> =>
  sql.transaction(async (tx) => {
    const changed: string[] = [];
    for (const district of districts)
      if (await setRisk(tx, district, now)) changed.push(`${district.code} ${district.risk}`);
    if (changed.length === 0) return 0;
    await recordAct(tx, { at: now, by, act: 'risk-changed', facts: { districts: changed } });
    await beginSettling(tx);
    return changed.length;
  });
