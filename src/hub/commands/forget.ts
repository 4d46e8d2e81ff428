import { epochMillis } from '../../core/units.ts';
import { usageError } from '../../node/start-error.ts';
import { hubSigner, signOptions } from '../start/proof-keys.ts';
import { type Forgotten, forget as forgetBefore } from '../store/forget.ts';
import { dataOption, type HubCommand, readCommandArgs } from './command.ts';

const options = {
  ...dataOption,
  ...signOptions,
  before: { type: 'string' },
  'lost-after': { type: 'string', default: '30' },
} as const;
const dayMs = 24 * 3_600_000;

/** The operator's rule on how long scans are kept. */
export const forget: HubCommand = {
  usage: `forget --before YYYY-MM-DD --hub-keys FILE [--lost-after DAYS]
          deletes entries that came before this day (UTC), for good; what is left can still be
          verified. Devices and gates stay. What lies behind a gap stays 30 DAYS longer, then the
          gap is given up. The hub's keys sign what went: without them verify-log names it`,
  read(args) {
    const { values, positionals } = readCommandArgs(args, options);
    if (positionals.length > 0) throw usageError('forget takes options only');
    const { before = '' } = values;
    const day = new Date(`${before}T00:00:00Z`);
    const at = day.getTime();
    // a day that is none, like the 31st of February, comes back as another one
    if (Number.isNaN(at) || day.toISOString().slice(0, 10) !== before) {
      throw usageError('--before is a day like 2026-01-31');
    }
    const { 'lost-after': days } = values;
    if (!/^\d{1,4}$/.test(days)) throw usageError('--lost-after is a number of days');
    return {
      data: values.data,
      async run({ sql, now }) {
        if (at > now) throw usageError('--before is a day to come');
        const signer = await hubSigner(values);
        const rule = { before: epochMillis(at), now, patience: Number(days) * dayMs };
        return said(await forgetBefore(sql, { ...rule, ...(signer && { signer }) }));
      },
    };
  },
};

function said({ entries, givenUp, unsigned }: Forgotten): string {
  return [
    `${entries} entries forgotten`,
    ...(givenUp > 0 ? [`${givenUp} that never came are given up`] : []),
    ...(unsigned > 0
      ? [
          `of ${unsigned} devices not signed: verify-log will name their beginning as cut (--hub-keys)`,
        ]
      : []),
  ].join('\n');
}
