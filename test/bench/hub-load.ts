import { gzipSync } from 'node:zlib';
import { limits } from '../../src/core/limits.ts';
import { chainedLog } from '../support/chained-log.ts';
import { someScan, testKey } from '../support/log-entries.ts';
import { batchOf, enrolToken, type TestDevice } from '../support/test-hub.ts';

const devices = 10;
const workers = 8;

export type Ask = (path: string, init: RequestInit) => Response | Promise<Response>;

export interface Taken {
  readonly entries: number;
  readonly perSecond: number;
  readonly msPerBatchP95: number;
  /** By how much sums grew meanwhile, where some were asked about. */
  readonly used?: readonly number[];
}

/** `given`: a code of a gate, else one of the demo's own. */
export async function enrol(ask: Ask, given?: string): Promise<TestDevice> {
  const key = await testKey();
  const post = { method: 'POST' };
  const body = await enrolToken(given ?? (await demoCode(ask)), key);
  const { device } = (await (await ask('/v1/devices', { ...post, body })).json()) as {
    device: string;
  };
  return { id: device, key };
}

async function demoCode(ask: Ask): Promise<string> {
  const answer = await ask('/demo/enrolment-code', { method: 'POST', body: '{}' });
  return ((await answer.json()) as { code: string }).code;
}

/** Where phones stand, unless all at the demo's gate. */
export interface Gates {
  readonly gateOf?: (device: number) => string;
  /** A code by which one is enrolled there. */
  readonly codeAt?: (gate: string) => Promise<string>;
}

export interface Load extends Gates {
  readonly devices: number;
  /** Uploads of each. */
  readonly perDevice: number;
  /** Entries of each upload. */
  readonly width: number;
}

/** Queues made so far: a hub that is measured again is shown no code of before at another phone. */
let made = 0;

/** Signed and packed uploads, one queue a device: a device sends its batches in order. */
export async function queues(
  ask: Ask,
  { devices: many, perDevice, width, gateOf = () => 'demo-gate', codeAt }: Load,
): Promise<Uint8Array<ArrayBuffer>[][]> {
  const all: Uint8Array<ArrayBuffer>[][] = [];
  const round = made++;
  for (let i = 0; i < many; i++) {
    const device = await enrol(ask, await codeAt?.(gateOf(i)));
    const bodies = Array.from({ length: perDevice * width }, (_, n) => ({
      ...someScan,
      // codes are nobody's twice
      jti: `${round}x${i}x${n}`.padStart(16, 'A'),
    }));
    const place = { device: device.id, gate: gateOf(i), from: 1_646_121_600_000, stepMs: 1000 };
    const entries = await chainedLog(bodies, place);
    const queue: Uint8Array<ArrayBuffer>[] = [];
    for (let at = 0; at < entries.length; at += width) {
      const batch = await batchOf(device, entries.slice(at, at + width));
      queue.push(Uint8Array.from(gzipSync(batch)));
    }
    all.push(queue);
  }
  return all;
}

/** One upload, of which every entry must be new. */
export async function send(ask: Ask, body: BodyInit, width: number): Promise<void> {
  const headers = { 'content-encoding': 'gzip', 'content-type': 'application/jose' };
  const answer = await ask('/v1/scans', { method: 'POST', body, headers });
  const { results } = (await answer.json()) as { results?: { result: string }[] };
  const stored = results?.filter(({ result }) => result === 'stored').length;
  if (stored !== width) throw new Error(`${answer.status}: ${stored} stored`);
}

/**
 * Ten devices upload `wanted` entries in all, eight at a time. `used`: sums that grow; by how much they did
 * while it was uploaded is told.
 */
export async function measure(
  ask: Ask,
  wanted: number,
  width: number = limits.batchEntries,
  { used, ...gates }: Gates & { readonly used?: () => readonly number[] } = {},
): Promise<Taken> {
  const perDevice = Math.ceil(wanted / devices / width);
  const waiting = await queues(ask, { devices, perDevice, width, ...gates });
  const entries = devices * perDevice * width;
  const times: number[] = [];
  const before = used?.() ?? [];
  const startedAt = performance.now();
  const worker = async () => {
    for (let queue = waiting.shift(); queue; queue = waiting.shift()) {
      for (const body of queue) {
        const sentAt = performance.now();
        await send(ask, body, width);
        times.push(performance.now() - sentAt);
      }
    }
  };
  await Promise.all(Array.from({ length: workers }, worker));
  const seconds = (performance.now() - startedAt) / 1000;
  const after = used?.();
  const p95 = times.sort((a, b) => a - b)[Math.floor(times.length * 0.95)] ?? 0;
  return {
    ...{ entries, perSecond: Math.round(entries / seconds), msPerBatchP95: Math.round(p95) },
    ...(after && { used: after.map((sum, i) => sum - (before[i] ?? 0)) }),
  };
}
