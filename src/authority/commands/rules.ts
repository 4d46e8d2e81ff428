import * as v from 'valibot';
import { districtCode } from '../../core/health/declaration.ts';
import { isDay } from '../../core/ids.ts';
import { refusal, usageError } from '../../node/command-error.ts';
import { needed, readChoice } from '../../node/command-values.ts';
import { type DryRun, dryRun } from '../standing/dry-run.ts';
import { settleSome } from '../standing/recompute.ts';
import { putRisks, putRulesInForce, readRules } from '../standing/use-rules.ts';
import { risks } from '../store/districts.ts';
import { command, withData } from './command.ts';

/** Tries a set of rules on everybody, or takes it into use. */
export const rules = command(
  `rules FILE [--use]
          tries a set of rules (JSON) on everybody: how many would have which colour. --use then takes
          it into use, unless it fails for anybody, and judges everybody anew`,
  { use: { type: 'boolean' } },
  ['FILE'],
  (values, [file = ''], readFile) => {
    const set = readRules(parse(readFile, file));
    if (!set) throw usageError(`${file} holds no set of rules`);
    return (desk, place) =>
      withData(desk, place, async (sql) => {
        const now = desk.now();
        if (!values.use) {
          const dry = await dryRun(sql, set, now);
          return { say: said(dry), facts: dry };
        }
        const used = await putRulesInForce(set, { sql, now, by: 'command-line' });
        if (!used.ok) throw refusal(`not taken into use: ${said(used.error).join('; ')}`);
        for (let left = true; left; ) left = (await settleSome(sql, desk.now())) !== undefined;
        return {
          say: [...said(used.value.dry), `rules ${used.value.version} are in force`],
          facts: used.value,
        };
      });
  },
);

function said({ persons, states, changes, failed }: DryRun): string[] {
  return [
    `${persons} people: ${list(states)}`,
    ...Object.entries(changes).map(([change, count]) => {
      const [from, to] = change.split('>');
      return `${count} would turn from ${from} to ${to}`;
    }),
    ...Object.entries(failed).map(([rule, count]) => `rule ${rule} fails for ${count}`),
  ];
}

const list = (counts: Readonly<Record<string, number>>): string =>
  Object.entries(counts)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ');

/** The risk of a district. */
export const risk = command(
  `risk CODE low|medium|high --since YYYY-MM-DD
          sets the risk of a district; whoever lives there or has been there is judged anew`,
  { since: { type: 'string' } },
  ['CODE', 'RISK'],
  (values, [code = '', wanted]) => {
    const since = needed('--since', values.since);
    if (!v.is(districtCode, code)) throw usageError('CODE is a district of six digits');
    if (!isDay(since)) throw usageError('--since is a day like 2027-01-31');
    const district = { code, risk: readChoice('RISK', wanted, risks), since };
    return (desk, place) =>
      withData(desk, place, async (sql) => {
        const changed = await putRisks([district], { sql, now: desk.now(), by: 'command-line' });
        for (let left = true; left; ) left = (await settleSome(sql, desk.now())) !== undefined;
        const say = changed > 0 ? `${code} is ${district.risk}` : 'it was so already';
        return { say: [say], facts: { ...district, changed } };
      });
  },
);

function parse(readFile: (path: string) => Buffer, file: string): unknown {
  try {
    return JSON.parse(readFile(file).toString('utf8'));
  } catch {
    throw usageError(`${file} cannot be read as JSON`);
  }
}
