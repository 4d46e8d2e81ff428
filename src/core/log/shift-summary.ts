import type { EpochMillis } from '../units.ts';
import { epochMillis } from '../units.ts';
import type { Reason, VerdictState } from '../verify/verdict.ts';
import type { LogEntry, ManualBody, ScanBody } from './entry.ts';

/** People let in or turned away in the original way. */
export interface ByHand {
  readonly admitted: number;
  readonly refused: number;
}

/** A shift in numbers, for the supervisor. Every scan counts once, by its final verdict. */
export interface ShiftSummary {
  readonly scans: number;
  readonly states: Readonly<Record<VerdictState, number>>;
  /** Most frequent first; so are the issuers. Scans whose signature was not good have no issuer. */
  readonly reasons: readonly { readonly reason: Reason; readonly scans: number }[];
  readonly issuers: readonly { readonly issuer: string; readonly scans: number }[];
  /** Whole hours (UTC) in which somebody was scanned or let in by hand, ascending. */
  readonly hours: readonly { readonly from: EpochMillis; readonly scans: number }[];
  /** People let in or refused in the original way. */
  readonly manual: ByHand;
  readonly companions: number;
}

type FinalScan = ScanBody & { readonly at: EpochMillis };

const hourMs = 3_600_000;

/** Counts a shift's entries; a later `decision` replaces the verdict of the scan it refers to. */
export function summarizeShift(entries: readonly LogEntry[]): ShiftSummary {
  const scans = [...finalScans(entries).values()];
  const manual = entries.filter((entry) => entry.type === 'manual');
  const states = { pass: 0, check: 0, stop: 0, unknown: 0 };
  for (const { state } of scans) states[state]++;
  const hours = tally([...scans, ...manual], ({ at }) => Math.floor(at / hourMs) * hourMs);
  return {
    scans: scans.length,
    states,
    reasons: byCount(tally(scans, ({ reason }) => reason)).map(([reason, n]) => ({
      reason,
      scans: n,
    })),
    issuers: byCount(tally(scans, ({ iss }) => iss)).map(([issuer, n]) => ({ issuer, scans: n })),
    hours: [...hours]
      .sort(([a], [b]) => a - b)
      .map(([h, n]) => ({ from: epochMillis(h), scans: n })),
    manual: countByHand(entries),
    companions: sumCompanions([...scans, ...manual]),
  };
}

export function countByHand(entries: readonly LogEntry[]): ByHand {
  const manual = entries.filter((entry) => entry.type === 'manual');
  const admitted = manual.filter((entry) => entry.admitted).length;
  return { admitted, refused: manual.length - admitted };
}

/** Scans by their seq, each as it ended: a later `decision` replaces the verdict it refers to. */
export function finalScans(entries: readonly LogEntry[]): Map<number, FinalScan> {
  const scans = new Map<number, FinalScan>();
  for (const entry of entries) {
    if (entry.type === 'scan') scans.set(entry.seq, entry);
    const scan = entry.type === 'decision' ? scans.get(entry.ref) : undefined;
    if (entry.type === 'decision' && scan) {
      const { state, reason, companions = scan.companions } = entry;
      const came = companions !== undefined && { companions };
      scans.set(entry.ref, { ...scan, state, reason, ...came });
    }
  }
  return scans;
}

function tally<T, K>(items: readonly T[], key: (item: T) => K | undefined): Map<K, number> {
  const counts = new Map<K, number>();
  for (const item of items) {
    const name = key(item);
    if (name !== undefined) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
}

const byCount = <K>(counts: Map<K, number>): [K, number][] =>
  [...counts].sort(([, a], [, b]) => b - a);

const sumCompanions = (items: readonly Pick<ManualBody, 'companions'>[]): number =>
  items.reduce((sum, { companions = 0 }) => sum + companions, 0);
