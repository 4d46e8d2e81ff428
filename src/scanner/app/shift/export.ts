import { utf8 } from '../../../core/bytes.ts';
import { emptyHead, type LogEntry, type LogHead } from '../../../core/log/entry.ts';
import { logCsv } from '../../../core/table/csv.ts';
import { type TableWords, wallTime } from '../../../core/table/table.ts';
import type { TrustedNow } from '../../../core/time/trusted-now.ts';
import {
  type Bytes,
  type EpochMillis,
  epochMillis,
  type MonotonicMillis,
} from '../../../core/units.ts';
import type { FileSharer } from '../../../ports/phone.ts';
import type { AppConfig } from '../app-config.ts';
import { bestEffort } from '../best-effort.ts';
import { type AppStore, clear } from '../store.ts';
import type { Enrolment, LogStore } from '../stores.ts';
import type { LogWriter } from '../sync/log-writer.ts';
import type { ReceiptKeeper } from '../sync/receipt-keeper.ts';
import type { ExportFormat } from './shift-state.ts';
import { createPause } from './spells.ts';

export interface ExportNeeds {
  readonly store: AppStore;
  readonly log: LogStore;
  readonly receipts: Pick<ReceiptKeeper, 'newest'>;
  readonly files: FileSharer;
  readonly config: Pick<AppConfig, 'tableWords'>;
  readonly clock: { now(): TrustedNow };
  readonly monotonic: () => MonotonicMillis;
  readonly writer: LogWriter;
  enrolment(): Enrolment | undefined;
}

export interface ExportActions {
  /**
   * Builds a file of a shift and notes the export in the log, as soon as that can be written;
   * `exportReady` says that it can be shared. Default: the running shift, else the last one; any other
   * of `pastShifts` needs the open supervisor. Nothing happens when the phone holds none of it.
   */
  prepareExport(format: ExportFormat, shift?: string): Promise<void>;
  /** Opens the share sheet with the prepared file. Call it within a tap. */
  shareExport(): Promise<void>;
  /** Both steps in one, where a download needs no tap of its own. */
  exportLog(format: ExportFormat, shift?: string): Promise<void>;
}

const types: Readonly<Record<ExportFormat, string>> = {
  csv: 'text/csv',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  json: 'application/json',
};

/**
 * Exports in two steps (protocol 9): a phone's share sheet opens only within a tap, so the file is
 * there before it. Needs no network.
 */
export function createExports(parts: ExportNeeds): ExportActions {
  const { store, log } = parts;
  let file: { name: string; type: string; bytes: Bytes } | undefined;

  async function build(format: ExportFormat, wanted: string | undefined): Promise<void> {
    const { shift: running, supervisor } = store.getState();
    const latest = running?.id ?? (await lastShift(log));
    const shift = wanted ?? latest;
    const past = shift !== latest && ({ past: true } as const);
    const mayHave = !past || supervisor.state === 'open';
    const entries = shift === undefined || !mayHave ? [] : await log.readShift(shift);
    const [first] = entries;
    if (shift === undefined || !first) return;
    const now = parts.clock.now();
    const { language } = store.getState().settings;
    const { issuers, statuses } = store.getState().trust;
    const words: TableWords = {
      ...(await parts.config.tableWords(language)),
      issuerName: (code) => issuers?.[code]?.[language],
      statusName: (code, status) => statuses?.[code]?.[status]?.[language],
    };
    const bytes = await bytesOf(parts, { format, shift, entries, words, at: now.at });
    const other = shift !== running?.id && { of: shift };
    await parts.writer.note({ type: 'export', format, entries: entries.length, ...other }, now);
    const day = wallTime(first.at, words).slice(0, 10);
    const name = `kakou-${day}-${shift.slice(0, 4)}.${format}`;
    // the role may have ended meanwhile
    if (past && store.getState().supervisor.state !== 'open') return;
    file = { name, type: types[format], bytes };
    store.setState({ exportReady: { name, format, shift, entries: entries.length, ...past } });
  }

  async function prepare(format: ExportFormat, shift: string | undefined): Promise<void> {
    if (store.getState().exporting) return;
    file = undefined;
    clear(store, 'exportReady');
    store.setState({ exporting: format });
    try {
      await build(format, shift);
    } finally {
      clear(store, 'exporting');
    }
  }

  async function share(): Promise<void> {
    // what was withdrawn with the role is not given out
    if (!file || !store.getState().exportReady) return;
    await parts.files.share(file);
    file = undefined;
    clear(store, 'exportReady');
  }

  return {
    prepareExport: (format, shift) => bestEffort(store, () => prepare(format, shift)),
    shareExport: () => bestEffort(store, share),
    exportLog: (format, shift) =>
      bestEffort(store, async () => {
        await prepare(format, shift);
        await share();
      }),
  };
}

interface Table {
  readonly format: ExportFormat;
  readonly shift: string;
  readonly entries: readonly LogEntry[];
  readonly words: TableWords;
  readonly at: EpochMillis;
}

async function bytesOf(parts: ExportNeeds, table: Table): Promise<Bytes> {
  const { format, entries, words, at } = table;
  if (format === 'json') return signedJson(parts, table);
  const pause = createPause(parts.monotonic);
  if (format === 'csv') return logCsv(entries, words, pause);
  const { logXlsx } = await import('../../../core/table/xlsx.ts');
  return logXlsx(entries, { ...words, at }, pause);
}

/** From the shift's first entry to the end of the log, so that the newest receipt can be held to it. */
async function signedJson(parts: ExportNeeds, { shift, entries, at }: Table): Promise<Bytes> {
  const { buildExport } = await import('../../../core/log/export/export-json.ts');
  const enrolment = parts.enrolment();
  const [wanted] = entries;
  if (!enrolment || !wanted) return utf8('');
  // before the entries: an upload meanwhile must not make the receipt speak of more than is in the file
  const receipt = (await parts.receipts.newest())?.receipt;
  const all = await readFrom(parts.log, wanted.seq);
  const [first = wanted] = all; // a later one, where a purge came between
  const last = all.at(-1) ?? first;
  const from: LogHead = first.seq === 1 ? emptyHead : { seq: first.seq - 1, hash: first.prev };
  const { device, publicJwk: jwk, privateKey } = enrolment;
  const head = { seq: last.seq, hash: last.hash };
  const said = { device, shift, at: epochMillis(at), jwk, from, entries: all, head };
  return buildExport({ ...said, ...(receipt !== undefined && { receipt }) }, privateKey);
}

/** Entries read at a time. */
const stride = 2000;

/** All entries from `seq` on, ascending. */
export async function readFrom(log: LogStore, seq: number): Promise<LogEntry[]> {
  const all: LogEntry[] = [];
  for (;;) {
    const some = await log.read((all.at(-1)?.seq ?? seq - 1) + 1, stride);
    all.push(...some);
    if (some.length < stride) return all;
  }
}

/** How far back from the end of the log the last shift is looked for. */
const lookBack = 500;

/** The shift of the newest entry that has one. */
export async function lastShift(log: LogStore): Promise<string | undefined> {
  const { seq } = await log.head();
  const newest = await log.read(Math.max(1, seq - lookBack + 1), lookBack);
  return newest.findLast(({ shift }) => shift !== '')?.shift;
}
