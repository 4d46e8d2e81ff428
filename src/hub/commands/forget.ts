import { epochMillis } from '../../core/units.ts';
import { usageError } from '../../node/command-error.ts';
import { readCount, readDay } from '../../node/command-values.ts';
import { hubSigner, signOptions } from '../start/proof-keys.ts';
import { type Forgotten, forget as forgetBefore } from '../store/forget.ts';
import { noteAct } from './act.ts';
import { command } from './command.ts';

const options = {
  ...signOptions,
  before: { type: 'string' },
  'lost-after': { type: 'string', default: '30' },
} as const;
const dayMs = 24 * 3_600_000;

/** The operator's rule on how long scans are kept. */
export const forget = command(
  `forget --before YYYY-MM-DD --hub-keys FILE [--lost-after DAYS]
          deletes entries that came before this day (UTC), for good; what is left can still be
          verified. Devices and gates stay. What lies behind a gap stays 30 DAYS longer, then the
          gap is given up. The hub's keys sign what went: without them verify-log names it`,
  options,
  [],
  (values, _, readFile) => {
    const before = Date.parse(`${readDay('--before', values.before ?? '')}T00:00:00Z`);
    const patience = readCount('--lost-after', values['lost-after'], 0, 9999) * dayMs;
    const signerOf = hubSigner(values, readFile);
    return async ({ sql, now }) => {
      if (before > now) throw usageError('--before is a day to come');
      const signer = await signerOf?.();
      const rule = { before: epochMillis(before), now, patience };
      // first: what it deletes goes device by device, and nothing goes that nobody was told of
      await sql.transaction((tx) =>
        noteAct(tx, { now }, 'forgotten', {
          before: values.before ?? '',
          lostAfter: patience / dayMs,
        }),
      );
      const facts = await forgetBefore(sql, { ...rule, ...(signer && { signer }) });
      return { say: said(facts), facts };
    };
  },
);

function said({ entries, givenUp, unsigned }: Forgotten): string[] {
  return [
    `${entries} entries forgotten`,
    ...(givenUp > 0 ? [`${givenUp} that never came are given up`] : []),
    ...(unsigned > 0
      ? [
          `of ${unsigned} devices not signed: verify-log will name their beginning as cut (--hub-keys)`,
        ]
      : []),
  ];
}
