import { checkChain } from '../../src/core/log/chain.ts';
import type { LogEntry } from '../../src/core/log/entry.ts';
import { canonicalJson } from '../../src/core/log/jcs.ts';
import type { Sql } from '../../src/hub/store/database.ts';
import { verifyLog } from '../../src/hub/store/verify-log.ts';
import { demoKeys } from '../../src/issuer/keys.ts';
import type { FaultPhone } from './fault-phone.ts';

/** Numbers of one run; every one in `wrong` must be 0. */
export interface Findings {
  readonly entries: number;
  readonly shown: number;
  readonly passes: number;
  /** Cards shown, by reason. */
  readonly reasons: Readonly<Record<string, number>>;
  /**
   * Codes made for later, passed by a phone whose clock ran ahead, its log saying `unconfirmed`: ahead
   * is ambiguous (it may have slept), and protocol 5 lets such a clock decide. A known limit, counted.
   */
  readonly aheadUnconfirmed: number;
  /** Each pass that should not have been: enough to look for the cause. */
  readonly falsePasses: readonly string[];
  readonly wrong: {
    /** Passes shown to a text that no scanner may pass. */
    readonly falsePass: number;
    /** Cards whose entry is not in the log just once, or says something else. */
    readonly shownNotLogged: number;
    /** Passes shown without an entry at all. */
    readonly passWithoutEntry: number;
    readonly brokenChains: number;
    /** Entries of a device the hub lacks, has in other words, or has too many of. */
    readonly hubDiffers: number;
    readonly quarantined: number;
    readonly hubLogsBroken: number;
    /** Entries without a receipt after everything was healed. */
    readonly unreceipted: number;
  };
}

export async function lookAfter(phones: readonly FaultPhone[], sql: Sql): Promise<Findings> {
  const all = await Promise.all(phones.map((phone) => lookAt(phone, sql)));
  const sum = (of: (one: Findings) => number) => all.reduce((total, one) => total + of(one), 0);
  const wrong = Object.keys(all[0]?.wrong ?? {}) as (keyof Findings['wrong'])[];
  const strangers = await strangersIn(sql, phones);
  const summed = Object.fromEntries(
    wrong.map((name) => [name, sum((one) => one.wrong[name])]),
  ) as unknown as Findings['wrong'];
  return {
    entries: sum(({ entries }) => entries),
    shown: sum(({ shown }) => shown),
    passes: sum(({ passes }) => passes),
    reasons: tally(phones.flatMap(({ shown }) => shown.map(({ card }) => card.verdict.reason))),
    aheadUnconfirmed: sum(({ aheadUnconfirmed }) => aheadUnconfirmed),
    falsePasses: all.flatMap(({ falsePasses }) => falsePasses),
    wrong: { ...summed, hubDiffers: summed.hubDiffers + strangers },
  };
}

async function lookAt(phone: FaultPhone, sql: Sql): Promise<Findings> {
  const entries = [...phone.disk.log.disk.entries.values()].sort((a, b) => a.seq - b.seq);
  const device = entries[0]?.device ?? '';
  const chain = await checkChain(entries, await phone.disk.log.base());
  const report = await verifyLog(sql, device, [demoKeys().receipt.jwk]);
  const { shown } = phone;
  const passes = shown.filter(({ card }) => card.verdict.state === 'pass');
  const wrongly = passes.filter(({ person }) => !person.mayPass);
  const falsePasses = wrongly.filter(
    ({ person, card }) =>
      person.kind !== 'future' || entries[(card.seq ?? 0) - 1]?.quality !== 'unconfirmed',
  );
  return {
    entries: entries.length,
    shown: shown.length,
    passes: passes.length,
    reasons: {},
    aheadUnconfirmed: wrongly.length - falsePasses.length,
    falsePasses: falsePasses.map(
      ({ person, card, wrongMs }) =>
        `${person.kind}, entry ${card.seq}, code ${card.verdict.pass?.ageS} s old by a clock ${wrongMs / 1000} s wrong; before it: ${clockEvents(entries, card.seq)}`,
    ),
    wrong: {
      falsePass: falsePasses.length,
      shownNotLogged: notLogged(shown, entries),
      passWithoutEntry: passes.filter(({ card }) => card.seq === undefined && !card.verdict.repeat)
        .length,
      brokenChains: chain.ok ? 0 : 1,
      hubDiffers: await difference(sql, device, entries),
      quarantined: report.quarantined,
      hubLogsBroken: report.problem ? 1 : 0,
      unreceipted: await phone.unsynced(),
    },
  };
}

/** The last things the log says about the clock before an entry. */
function clockEvents(entries: readonly LogEntry[], seq = 0): string {
  const told = entries.flatMap((entry, i) => {
    if (entry.seq > seq) return [];
    if (entry.type === 'clock') return [`${entry.seq} ${entry.event} ${entry.offsetMs}`];
    const isOther = entries[i - 1]?.quality !== entry.quality || entries[i - 1]?.app !== entry.app;
    return isOther ? [`${entry.seq} ${entry.quality} ${entry.app}`] : [];
  });
  return told.slice(-12).join(', ');
}

function tally(names: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of names.toSorted()) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}

function notLogged(shown: FaultPhone['shown'], entries: readonly LogEntry[]): number {
  const seen = new Set<number>();
  let wrong = 0;
  for (const { card } of shown) {
    if (card.seq === undefined) continue;
    const entry = entries[card.seq - 1];
    const { state, reason } = card.verdict;
    const fits = entry?.type === 'scan' && entry.state === state && entry.reason === reason;
    if (!fits || entry.seq !== card.seq || seen.has(card.seq)) wrong++;
    seen.add(card.seq);
  }
  return wrong;
}

/** How many entries are not the same, byte for byte, on both sides. */
async function difference(sql: Sql, device: string, entries: readonly LogEntry[]): Promise<number> {
  const rows = await sql.query<{ entry: string }>(
    'select entry from scans where device = $1 order by seq',
    [device],
  );
  const atHub = new Set(rows.map(({ entry }) => entry));
  const missing = entries.filter((entry) => !atHub.has(canonicalJson(entry) ?? '')).length;
  return missing + Math.abs(rows.length - entries.length);
}

/** Entries at the hub of devices nobody holds: an enrolment whose answer was lost has none. */
async function strangersIn(sql: Sql, phones: readonly FaultPhone[]): Promise<number> {
  const devices = phones.map((phone) => phone.disk.log.disk.entries.get(1)?.device ?? '');
  const [row] = await sql.query<{ n: number }>(
    'select count(*)::int as n from scans where not (device = any($1::text[]))',
    [devices],
  );
  return row?.n ?? 0;
}
