import { epochMillis } from '../../core/units.ts';
import { forget as forgetBefore } from '../store/forget.ts';
import { dataOption, type HubCommand, readCommandArgs, usageError } from './command.ts';

const options = { ...dataOption, before: { type: 'string' } } as const;

/** The operator's rule on how long scans are kept. */
export const forget: HubCommand = {
  usage: `forget --before YYYY-MM-DD
          deletes entries that came before this day (UTC), for good; what is left can still be
          verified. Devices and gates stay`,
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
    return {
      data: values.data,
      async run({ sql, now }) {
        if (at > now) throw usageError('--before is a day to come');
        return `${await forgetBefore(sql, epochMillis(at))} entries forgotten`;
      },
    };
  },
};
