import type { ShiftReport } from '../../../core/console/shifts.ts';
import { isKeptDeviceId } from '../../../core/ids.ts';
import { linkProblem } from '../../../core/log/chain.ts';
import { emptyHead, type LogHead } from '../../../core/log/entry.ts';
import { paperOf } from '../../../core/log/shift-paper.ts';
import { summarizeShift } from '../../../core/log/shift-summary.ts';
import { problem } from '../../http/problem.ts';
import { findShift, type ShiftEntry, shiftEntries } from '../../store/console/shift-entries.ts';
import { readEntry } from '../../store/people/count-people.ts';
import { type AskedBy, answer } from '../asked.ts';
import { filterOf } from '../entries/filter.ts';
import { rowsOf } from './shift-list.ts';

/** One shift: the numbers of the phone's report, reckoned from the entries the hub holds. */
export async function shiftReport({ context, hub, operator }: AskedBy): Promise<Response> {
  const device = context.req.param('device') ?? '';
  const shift = context.req.param('shift') ?? '';
  const found = isKeptDeviceId(device) ? await findShift(hub.sql, device, shift) : undefined;
  const { filter, namesOf } = await filterOf(hub.sql, operator, {});
  if (!found) return problem(context, 'not-found');
  const [row] = await rowsOf(hub.sql, [found], await namesOf([found.gate]));
  const { own, between, receiptedThrough } = await shiftEntries(hub.sql, device, shift);
  const trusted = own.filter((one) => one.trusted).flatMap(({ text }) => readEntry(text) ?? []);
  const all = own.flatMap(({ text }) => readEntry(text) ?? []);
  const { area } = filter;
  // a phone that was carried away writes of gates the reader may not see
  const isMine = area === undefined || own.every(({ gate }) => area.includes(gate));
  if (!isMine) return problem(context, 'not-found');
  const paper = paperOf(trusted.length > 0 ? trusted : all);
  if (!row || !paper) return problem(context, 'not-found');
  const chainBreak = await firstBreak(between);
  const [first, last] = [between[0]?.seq ?? 0, between.at(-1)?.seq ?? 0];
  const summary = summarizeShift(trusted);
  const known = await hub.issuerNames();
  const issuers = summary.issuers.flatMap(({ issuer }) => {
    const name = known.get(issuer);
    return name ? [[issuer, name] as const] : [];
  });
  const facts: ShiftReport = {
    ...{
      row,
      paper,
      summary,
      issuers: Object.fromEntries(issuers),
      receiptedThrough,
      entries: own.length,
    },
    missing: last - first + 1 - between.length,
    late: own.length - own.filter((one) => one.trusted).length,
    ...(chainBreak && { chainBreak }),
  };
  return answer(context, facts);
}

/** What is missing is told apart: here counts what is there and does not fit. */
async function firstBreak(entries: readonly ShiftEntry[]): Promise<ShiftReport['chainBreak']> {
  let head: LogHead | undefined;
  for (const { seq, prev, hash, text } of entries) {
    const before = head?.seq === seq - 1 ? head : { seq: seq - 1, hash: prev };
    const isFirst = seq === 1 && prev !== emptyHead.hash;
    const wrong = await linkProblem(before, parsed(text, { seq, prev, hash }));
    if (wrong || isFirst) return { at: seq, problem: wrong ?? 'prev' };
    head = { seq, hash };
  }
  return undefined;
}

/** As it was signed, members of later versions too. */
function parsed(text: string, row: { seq: number; prev: string; hash: string }) {
  try {
    return { ...JSON.parse(text), ...row };
  } catch {
    return row;
  }
}
