import { type EpochMillis, epochMillis } from '../../core/units.ts';
import { refusal, usageError } from '../../node/command-error.ts';
import { readChoice, readDay, readGateId } from '../../node/command-values.ts';
import { codeOf, type Sql } from '../../node/database.ts';
import type { ActFacts } from '../../node/store/act-log.ts';
import { csvHead, csvLine, jsonLine } from '../export/entry-lines.ts';
import { type Filter, readEntries } from '../export/read-entries.ts';
import { findDevice } from '../store/devices.ts';
import { dayBegins } from '../zone.ts';
import { noteAct } from './act.ts';
import { command } from './command.ts';

const options = {
  gate: { type: 'string' },
  device: { type: 'string' },
  from: { type: 'string' },
  to: { type: 'string' },
  verdict: { type: 'string' },
  format: { type: 'string' },
  json: { type: 'boolean' },
} as const;
const dayMs = 24 * 3_600_000;

/** The entries of the hub's log, for a table or another program. */
export const exportEntries = command(
  `export [--gate ID] [--device ID] [--from DAY] [--to DAY] [--verdict STATE] [--format FORMAT]
          the entries as lines, by device and place in its log: csv (the default) or jsonl, which
          is what --json means here. Days as in 2027-01-31, by the clock of the place (TZ), both
          with all of it, and by the time the phone gave the entry. STATE: pass, check, stop or
          unknown; then scans alone, by what was shown first`,
  options,
  [],
  (values) => {
    const { json = false, format, device } = values;
    const chosen = format === undefined ? undefined : readChoice('--format', format, formats);
    if (json && chosen === 'csv') throw usageError('--json and --format csv exclude each other');
    const isJson = json || chosen === 'jsonl';
    const [from, to] = [values.from, values.to].map((day, i) =>
      day === undefined ? undefined : readDay(i === 0 ? '--from' : '--to', day),
    );
    if (from !== undefined && to !== undefined && from > to)
      throw usageError('--from is after --to');
    const filter = {
      ...(values.gate !== undefined && { gate: readGateId('--gate', values.gate) }),
      ...(device !== undefined && { device }),
      ...(values.verdict !== undefined && {
        verdict: readChoice('--verdict', values.verdict, states),
      }),
    };
    return async ({ sql, now, emit }) => {
      if (!emit) throw new Error('nowhere to write');
      if (device !== undefined && !(await findDevice(sql, device))) throw refusal('no such device');
      await noteExport(sql, now, {
        ...{
          gate: filter.gate ?? null,
          device: device ?? null,
          from: from ?? null,
          to: to ?? null,
        },
        ...{ verdict: filter.verdict ?? null, format: isJson ? 'jsonl' : 'csv' },
      });
      if (!isJson) await emit(csvHead);
      const wanted: Filter = { ...filter, ...between(from, to) };
      for await (const page of readEntries(sql, wanted))
        await emit(page.map(isJson ? jsonLine : csvLine).join(''));
      return { say: [], facts: null, isSaid: true };
    };
  },
);

/** Before the first line: one that is broken off has taken records out as well. */
async function noteExport(sql: Sql, now: EpochMillis, facts: ActFacts): Promise<void> {
  try {
    await sql.transaction((tx) => noteAct(tx, { now }, 'exported', facts));
  } catch (error) {
    // a standby, or a disk that is being saved from filling up: reading goes on there
    if (codeOf(error) !== '25006') throw error;
  }
}

const formats = ['csv', 'jsonl'] as const;
const states = ['pass', 'check', 'stop', 'unknown'] as const;

const between = (from: string | undefined, to: string | undefined): Filter => ({
  ...(from !== undefined && { from: epochMillis(dayBegins(from)) }),
  ...(to !== undefined && { until: epochMillis(dayBegins(dayAfter(to))) }),
});

const dayAfter = (day: string): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + dayMs).toISOString().slice(0, 10);
