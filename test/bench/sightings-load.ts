import { randomBytes } from 'node:crypto';
import type { EntryBody, LogHead } from '../../src/core/log/entry.ts';
import { sightingKey } from '../../src/core/sightings/key.ts';
import { usualClaimMs as claimMs } from '../../src/scanner/app/sightings/group.ts';
import { chainedLog } from '../support/chained-log.ts';
import { someScan } from '../support/log-entries.ts';
import { type Heard, listen, phoneAt, type SitePhone, tokenOf } from '../support/site.ts';
import { batchOf, post, type TestHub } from '../support/test-hub.ts';

/** A hub in another process. */
export type SiteHub = TestHub;
export interface Delays {
  readonly passes: number;
  readonly p50: number;
  readonly p95: number;
  readonly max: number;
}

export const freshId = (): string => randomBytes(12).toString('base64url');
export const freshKey = (): Promise<string> => sightingKey('CN-TJ', freshId());
const round = (ms: number) => Math.round(ms * 10) / 10;

export function delaysOf(all: readonly number[]): Delays {
  const sorted = all.toSorted((a, b) => a - b);
  const at = (share: number) => round(sorted[Math.ceil(sorted.length * share) - 1] ?? Number.NaN);
  return { passes: all.length, p50: at(0.5), p95: at(0.95), max: at(1) };
}

/** Uploads one pass as a gate of a site does. */
export function uploader(hub: SiteHub, phone: SitePhone) {
  let head: LogHead | undefined;
  return async (jti: string): Promise<void> => {
    const body = { ...someScan, jti } as EntryBody;
    const where = { device: phone.id, gate: phone.gate, from: Date.now() };
    const [entry] = await chainedLog([body], { ...where, ...(head && { head }) });
    if (!entry) return;
    const answer = await post(hub, '/v1/scans', await batchOf(phone, [entry]));
    if (!answer.ok) throw new Error(`an upload was answered ${answer.status}`);
    await answer.arrayBuffer();
    head = { seq: entry.seq, hash: entry.hash };
  };
}

let sites = 0;

/** From the moment a verdict at the first gate is about to be shown until the second has heard of it. */
export async function latency(
  [first, second]: readonly [SiteHub, SiteHub],
  way: 'claim' | 'upload',
  passes: number,
): Promise<number[]> {
  const site = `latency-${++sites}`;
  const a = await phoneAt(first, `${site}-a`, site);
  const b = await phoneAt(second, `${site}-b`, site);
  const upload = uploader(first, a);
  const stream = await listen(second, b);
  await stream.untilReady();
  const delays: number[] = [];
  for (let i = 0; i < passes; i++) {
    const jti = freshId();
    const key = await sightingKey('CN-TJ', jti);
    const began = performance.now();
    const telling =
      way === 'upload'
        ? upload(jti)
        : claimed(first, await tokenOf(first, 'claim', a, { key, iat: now() }));
    for (let one = await stream.next(); one && (one as Heard).key !== key; )
      one = await stream.next();
    delays.push(performance.now() - began);
    await telling;
    // no faster than people, and no faster than one device may
    await new Promise((resolve) => setTimeout(resolve, 220));
  }
  await stream.cancel();
  return delays;
}

const claimed = async (hub: SiteHub, token: string): Promise<unknown> =>
  (await post(hub, '/v1/claims', token)).arrayBuffer();

const now = () => Math.floor(Date.now() / 1000);

export interface Pairs {
  readonly pairs: number;
  readonly exactlyOne: number;
  readonly both: number;
  readonly none: number;
  /** Pairs of which both had the hub's word in time, and at how many of these exactly one passed. */
  readonly inTime: number;
  readonly inTimeExactlyOne: number;
  /** Words of the hub that came after the deadline: those cards were decided without. */
  readonly late: number;
  readonly p50: number;
  readonly p95: number;
}

/**
 * Two phones at two gates, shown one code at once, each by the rule of the scanner: it passes unless
 * the hub says within the deadline that another was first.
 */
export async function pairsOf(hub: SiteHub, pairs: number): Promise<Pairs> {
  const lanes = 40;
  const east: SitePhone[] = [];
  const west: SitePhone[] = [];
  for (let i = 0; i < lanes; i++) {
    east.push(await phoneAt(hub, 'pairs-east', 'pairs'));
    west.push(await phoneAt(hub, 'pairs-west', 'pairs'));
  }
  const count = { exactlyOne: 0, both: 0, none: 0, inTime: 0, inTimeExactlyOne: 0, late: 0 };
  const took: number[] = [];
  async function passes(phone: SitePhone, key: string) {
    const began = performance.now();
    const token = await tokenOf(hub, 'claim', phone, { key, iat: now() });
    const answer = await post(hub, '/v1/claims', token);
    const word = (await answer.json()) as { first?: boolean };
    const ms = performance.now() - began;
    took.push(ms);
    if (ms > claimMs) count.late += 1;
    const isInTime = ms <= claimMs;
    return { isInTime, passed: !isInTime || word.first !== false };
  }
  let next = 0;
  async function worker(): Promise<void> {
    for (let i = next++; i < pairs; i = next++) {
      const [one, other] = [east[i % lanes], west[i % lanes]];
      if (!one || !other) return;
      const key = await freshKey();
      const both = await Promise.all([passes(one, key), passes(other, key)]);
      const passed = both.filter((one) => one.passed).length;
      if (both.every(({ isInTime }) => isInTime)) {
        count.inTime += 1;
        if (passed === 1) count.inTimeExactlyOne += 1;
      }
      count[passed === 1 ? 'exactlyOne' : passed === 2 ? 'both' : 'none'] += 1;
    }
  }
  await Promise.all([worker(), worker()]);
  const { p50, p95 } = delaysOf(took);
  return { pairs, ...count, p50, p95 };
}
