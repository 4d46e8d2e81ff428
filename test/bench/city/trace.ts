import type { RemoteAnswer } from '../../../src/ports/remote.ts';
import type { RemoteCall } from '../../support/fakes/fake-remote.ts';

/** What a phone asks its hub for. */
export const kinds = ['root', 'bundle', 'list', 'delta', 'time', 'upload', 'status'] as const;
export type Kind = (typeof kinds)[number];

/** One request of the real client: by which phone, at which millisecond of the simulated day. */
export interface Asked {
  readonly phone: number;
  readonly atMs: number;
  readonly kind: Kind;
  /** The phone had a bundle, and asked whether there is another. */
  readonly isConditional: boolean;
  /** Of an upload. */
  readonly entries: number;
  /** What came; undefined: nothing did. */
  readonly status: number | undefined;
}

/** All that was asked in a simulated time. */
export interface Trace {
  readonly phones: number;
  readonly asked: readonly Asked[];
}

const byPath: readonly (readonly [beginning: string, kind: Kind])[] = [
  ['/v1/root/', 'root'],
  ['/v1/bundle', 'bundle'],
  ['/v1/lists/', 'list'],
  ['/v1/deltas/', 'delta'],
  ['/v1/time', 'time'],
  ['/v1/scans', 'upload'],
  ['/v1/status', 'status'],
];

/** Throws at an address that this bench knows nothing of: it would leave out what a real phone asks. */
export function kindOf(path: string): Kind {
  const known = byPath.find(([beginning]) => path.startsWith(beginning));
  if (!known) throw new Error(`a phone asks for ${path}, which the city's day does not`);
  return known[1];
}

export function asked(phone: number, atMs: number, call: RemoteCall, got: RemoteAnswer): Asked {
  return {
    ...{ phone, atMs, kind: kindOf(call.path) },
    isConditional: call.etag !== undefined,
    entries: kindOf(call.path) === 'upload' ? entriesIn(call.body ?? '') : 0,
    status: got.kind === 'answer' ? got.status : undefined,
  };
}

function entriesIn(jws: string): number {
  const payload = Buffer.from(jws.split('.')[1] ?? '', 'base64url').toString();
  return (JSON.parse(payload) as { entries: readonly unknown[] }).entries.length;
}

/** What fell into this stretch of time, its times counted from the beginning of it. */
export function cut({ phones, asked: all }: Trace, fromMs: number, toMs: number): Trace {
  return {
    phones,
    asked: all
      .filter(({ atMs }) => atMs >= fromMs && atMs < toMs)
      .map((one) => ({ ...one, atMs: one.atMs - fromMs })),
  };
}

/** How many of each kind a phone asks in the trace. */
export function perPhone({ phones, asked: all }: Trace): Readonly<Record<Kind, number>> {
  const count = (kind: Kind) => all.filter((one) => one.kind === kind).length / phones;
  return Object.fromEntries(kinds.map((kind) => [kind, count(kind)])) as Record<Kind, number>;
}

/** Of all of a kind, the share that came in the fullest second; 1: all at once. NaN where there is none. */
export function fullestSecond({ asked: all }: Trace, kind?: Kind): number {
  const seconds = new Map<number, number>();
  const some = all.filter((one) => kind === undefined || one.kind === kind);
  for (const { atMs } of some) {
    const second = Math.floor(atMs / 1000);
    seconds.set(second, (seconds.get(second) ?? 0) + 1);
  }
  return Math.max(...seconds.values(), Number.NEGATIVE_INFINITY) / some.length;
}

/** Where the minute with the most requests begins, in milliseconds, by steps of ten seconds. */
export function fullestMinute({ asked: all }: Trace): number {
  const ends = Math.max(0, ...all.map(({ atMs }) => atMs));
  const count = (from: number) =>
    all.filter(({ atMs }) => atMs >= from && atMs < from + 60_000).length;
  let best = 0;
  for (let from = 0; from <= ends; from += 10_000) if (count(from) > count(best)) best = from;
  return best;
}
