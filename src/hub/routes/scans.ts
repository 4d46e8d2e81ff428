import { createHash } from 'node:crypto';
import { Hono } from 'hono';
import { type BatchProblem, openBatch } from '../../core/log/batch.ts';
import type { Digest } from '../../core/log/chain.ts';
import type { LogHead } from '../../core/log/entry.ts';
import { importPublicKey } from '../../core/suite.ts';
import { toSeconds } from '../../core/units.ts';
import { type BodyProblem, readText } from '../body.ts';
import type { Hub } from '../hub.ts';
import { problem, tooMany } from '../problem.ts';
import { defaultRates, tokenBuckets } from '../rate-limit.ts';
import { type Device, findDevice } from '../store/devices.ts';
import { type Taken, takeIn } from '../store/log-intake.ts';

const maxBytes = 2 * 1024 * 1024;
/** Several times as fast as WebCrypto's for so few bytes. */
const digest: Digest = (bytes) => Uint8Array.from(createHash('sha256').update(bytes).digest());

/** `POST /v1/scans`, a `kakou-batch+jwt` → `{results, receipt, trusted}`: protocol 7. */
export function scanRoutes(hub: Hub): Hono {
  const take = tokenBuckets(hub.rates?.scans ?? defaultRates.scans, hub.clock.monotonic);
  return new Hono().post('/scans', async (context) => {
    const text = await readText(context.req.raw, maxBytes);
    const answer = text.ok ? await upload(hub, text.value, take) : text.error;
    if (typeof answer === 'string') return problem(context, answer);
    if ('waitS' in answer) return tooMany(context, answer.waitS);
    return context.json(answer, 200, { 'cache-control': 'no-store' });
  });
}

type Uploaded = Pick<Taken, 'results' | 'receipt'> & { readonly trusted: boolean };

async function upload(
  hub: Hub,
  text: string,
  take: (device: string) => number,
): Promise<Uploaded | { readonly waitS: number } | BatchProblem | BodyProblem> {
  const { sql, clock, authority, metrics } = hub;
  let sender: Device | undefined;
  const keyOf = async (id: string) => {
    sender = await findDevice(sql, id);
    return sender && importPublicKey(sender.jwk);
  };
  const opened = await openBatch(text, keyOf, digest);
  if (!opened.ok) return opened.error;
  const { device, entries } = opened.value;
  const waitS = take(device);
  if (waitS > 0) {
    metrics.count('kakou_limited_total', { what: 'scans' });
    return { waitS };
  }
  const receivedAt = clock.wall();
  // a revoked device's scans are kept and marked, never refused: protocol 4
  const trusted = sender?.revokedAt === undefined;
  const sign = ({ seq, hash }: LogHead) =>
    authority.signReceipt({ device, seq, head: hash, t: toSeconds(receivedAt) });
  const gate = sender?.gate.id ?? '';
  const intake = { device, trusted, receivedAt, jws: text, gate };
  const taken = await takeIn(sql, intake, entries, sign);
  report(hub, taken);
  return { results: taken.results, receipt: taken.receipt, trusted };
}

function report({ metrics, log }: Hub, { results, alarms, otherGate }: Taken): void {
  metrics.count('kakou_batches_total');
  for (const entry of results) {
    metrics.count('kakou_entries_total', { result: entry.result });
    if (entry.result === 'stored' && entry.reason) metrics.count('kakou_gaps_total');
  }
  if (otherGate > 0) {
    metrics.count('kakou_other_gate_total', {}, otherGate);
    log.warn({ entries: otherGate }, 'entries for another gate than the device is enrolled at');
  }
  for (const reason of alarms) metrics.count('kakou_alarms_total', { reason });
  if (alarms.length > 0)
    log.error({ alarms: alarms.length, first: alarms[0] }, 'entries in quarantine');
}
