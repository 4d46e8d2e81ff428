import { exit } from '../../node/command-error.ts';
import { readCount } from '../../node/command-values.ts';
import { recordActAlone, verifyActs } from '../../node/store/act-log.ts';
import { forget as forgetOld, usualRetention } from '../store/forget.ts';
import { statistics as count } from '../store/statistics.ts';
import { command, withData } from './command.ts';

/** The operator's rule on how long things are kept. */
export const forget = command(
  `forget [--declarations DAYS] [--ended DAYS] [--persons DAYS]
          deletes for good: declarations (after ${usualRetention.declarations} days), facts and appeals that are over
          (${usualRetention.ended}), people of whom nothing is left (${usualRetention.persons}), and what codes and sessions leave`,
  {
    declarations: { type: 'string', default: String(usualRetention.declarations) },
    ended: { type: 'string', default: String(usualRetention.ended) },
    persons: { type: 'string', default: String(usualRetention.persons) },
  },
  [],
  (values) => {
    const rule = {
      declarations: readCount('--declarations', values.declarations, 14, 9999),
      ended: readCount('--ended', values.ended, 1, 9999),
      persons: readCount('--persons', values.persons, 14, 9999),
    };
    return (desk, place) =>
      withData(desk, place, async (sql) => {
        const now = desk.now();
        const gone = await forgetOld(sql, rule, now);
        await recordActAlone(sql, { at: now, by: 'command-line', act: 'forgotten', facts: gone });
        const say = Object.entries(gone).map(([what, rows]) => `${rows} ${what}`);
        return { say: [`forgotten: ${say.join(', ')}`], facts: gone };
      });
  },
);

/** How many there are of what. */
export const statistics = command(
  `statistics
          how many people of which state, type and district; never fewer than ten`,
  {},
  [],
  () => (desk, place) =>
    withData(desk, place, async (sql) => {
      const facts = await count(sql);
      const say = Object.entries(facts.states).map(([state, n]) => `${state}  ${n ?? 'under 10'}`);
      return { say: [`${facts.persons} people`, ...say], facts };
    }),
);

/** Whether the log of acts is whole. */
export const verifyLog = command(
  `verify-log
          checks the log of what operators did: its content, its chain, its end`,
  {},
  [],
  () => (desk, place) =>
    withData(desk, place, async (sql) => {
      const { entries, head, brokenAt } = await verifyActs(sql);
      const isWhole = brokenAt === undefined;
      return {
        say: [isWhole ? `${entries} acts  whole` : `broken at act ${brokenAt}`, `head ${head}`],
        facts: { ok: isWhole, entries, head, ...(!isWhole && { brokenAt }) },
        exitCode: isWhole ? exit.done : exit.refused,
      };
    }),
);
