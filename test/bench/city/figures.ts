import { cpus } from 'node:os';
import type { Used } from './replay.ts';
import type { Sent } from './sender.ts';
import { type Kind, kinds } from './trace.ts';

export interface KindFigures {
  readonly perSecond: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  /** Bytes of an answer's body, and of a request's. */
  readonly down: number;
  readonly up: number;
  readonly errors: number;
}

const round = (value: number, places = 1): number =>
  Math.round(value * 10 ** places) / 10 ** places;

/** `share` of the values are at most this. */
function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** Of each kind that was asked: times in milliseconds, errors counted and no part of them. */
export function byKind(sent: readonly Sent[], seconds: number): Partial<Record<Kind, KindFigures>> {
  const rows = kinds.flatMap((kind) => {
    const some = sent.filter((one) => one.kind === kind);
    if (some.length === 0) return [];
    const good = some.filter(({ wrong }) => wrong === undefined);
    const times = good.map(({ tookMs }) => tookMs);
    const figures: KindFigures = {
      perSecond: round(some.length / seconds),
      ...{ p50: round(percentile(times, 0.5)), p95: round(percentile(times, 0.95)) },
      p99: round(percentile(times, 0.99)),
      down: Math.round(mean(good.map(({ bytes }) => bytes))),
      up: Math.round(mean(some.map(({ bytesUp }) => bytesUp))),
      errors: some.length - good.length,
    };
    return [[kind, figures] as const];
  });
  return Object.fromEntries(rows);
}

export interface Whole {
  readonly perSecond: number;
  readonly p95: number;
  readonly errors: number;
  /** The fullest second: requests, and megabytes of answers as they were whole. */
  readonly peakPerSecond: number;
  readonly peakMBPerSecond: number;
  /** The load maker's own delay. */
  readonly lateP95: number;
  /** Cores in use, on the average. */
  readonly cores: Readonly<Record<'hub 1' | 'hub 2' | 'PostgreSQL' | 'nginx' | 'load', number>>;
  /** What was at its end. */
  readonly full: string;
  readonly said: readonly string[];
}

export function whole(sent: readonly Sent[], seconds: number, used: Used): Whole {
  const good = sent.filter(({ wrong }) => wrong === undefined);
  const first = Math.min(...sent.slice(0, 1).map(({ at }) => at));
  const seconds_ = new Map<number, { count: number; bytes: number }>();
  const at = (ms: number) => {
    const second = Math.floor((ms - first) / 1000);
    const known = seconds_.get(second) ?? { count: 0, bytes: 0 };
    seconds_.set(second, known);
    return known;
  };
  for (const one of sent) {
    at(one.at).count += 1;
    at(one.at + one.tookMs).bytes += one.bytes;
  }
  const cores = {
    'hub 1': round((used.hubs[0] ?? 0) / seconds / 1000, 2),
    'hub 2': round((used.hubs[1] ?? 0) / seconds / 1000, 2),
    PostgreSQL: round(used.database / seconds / 1000, 2),
    nginx: round(used.nginx / seconds / 1000, 2),
    load: round(used.load / seconds / 1000, 2),
  };
  const all = [...seconds_.values()];
  return {
    perSecond: round(sent.length / seconds),
    p95: round(
      percentile(
        good.map(({ tookMs }) => tookMs),
        0.95,
      ),
    ),
    errors: sent.length - good.length,
    peakPerSecond: Math.max(...all.map(({ count }) => count)),
    peakMBPerSecond: round(Math.max(...all.map(({ bytes }) => bytes)) / 1e6),
    lateP95: round(
      percentile(
        sent.map(({ lateMs }) => lateMs),
        0.95,
      ),
    ),
    cores,
    full: whatIsFull(cores),
    said: [...new Set(sent.flatMap(({ wrong }) => wrong ?? []))].slice(0, 5),
  };
}

/** A hub has one thread; the rest shares the machine's cores. */
function whatIsFull(cores: Whole['cores']): string {
  const there = cpus().length;
  const sum = Object.values(cores).reduce((total, one) => total + one, 0);
  const hub = Math.max(cores['hub 1'], cores['hub 2']);
  if (hub > 0.9) return 'the thread of a hub';
  if (sum > 0.85 * there) {
    const [most] = Object.entries(cores).sort(([, a], [, b]) => b - a);
    return `the CPU of the machine, of which most ${most?.[0]}`;
  }
  return `no CPU of these (${round(sum, 2)} of ${there} cores)`;
}
