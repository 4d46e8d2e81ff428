import * as v from 'valibot';
import { type RuleSet, ruleSet } from '../../core/health/colour-rules.ts';
import type { EpochMillis } from '../../core/units.ts';
import type { Queries } from '../../node/database.ts';

export interface KeptRules {
  readonly version: number;
  readonly rules: RuleSet;
}

/** Keeps a set as the next version; it is not used by that. */
export async function addRules(tx: Queries, rules: RuleSet, now: EpochMillis): Promise<number> {
  const [row] = await tx.query<{ version: number }>(
    `insert into rule_sets (version, content, added_at)
     select coalesce(max(version), 0) + 1, $1, $2 from rule_sets returning version`,
    [JSON.stringify(rules), now],
  );
  return row?.version ?? 0;
}

/** The version in force from now on. */
export const useRules = (tx: Queries, version: number, now: EpochMillis): Promise<unknown> =>
  tx.query('update rule_sets set used_at = $2 where version = $1', [version, now]);

export async function rulesOf(sql: Queries, version: number): Promise<KeptRules | undefined> {
  const [row] = await sql.query<{ content: string }>(
    'select content from rule_sets where version = $1',
    [version],
  );
  return row && { version, rules: parse(row.content) };
}

/** The set in force: the one taken into use last. */
export async function rulesInForce(sql: Queries): Promise<KeptRules | undefined> {
  const [row] = await sql.query<{ version: number; content: string }>(
    `select version, content from rule_sets where used_at is not null
     order by used_at desc, version desc limit 1`,
  );
  return row && { version: row.version, rules: parse(row.content) };
}

/** What was kept was good then; what is not any longer must not judge anybody. */
const parse = (content: string): RuleSet => v.parse(ruleSet, JSON.parse(content));
