import { createHash } from 'node:crypto';
import { Hono } from 'hono';
import { type BatchProblem, openBatch } from '../../core/log/batch.ts';
import type { Digest } from '../../core/log/chain.ts';
import type { LogHead } from '../../core/log/entry.ts';
import type { ShownTwice } from '../../core/sightings/sighting.ts';
import { importPublicKey } from '../../core/suite.ts';
import { toSeconds } from '../../core/units.ts';
import { addressOf } from '../../node/http/address.ts';
import { readBody } from '../../node/http/body.ts';
import { tokenBuckets } from '../../node/http/token-buckets.ts';
import { createDoor, type Visit } from '../door.ts';
import { bodyProblem, doubtful, tooMany } from '../http/problem.ts';
import { defaultRates } from '../http/rate-limit.ts';
import type { Hub } from '../hub.ts';
import { conflictsToTell, noteConflicts } from '../store/console/conflicts.ts';
import { type Taken, takeIn } from '../store/log-intake.ts';
import { noteSightings, siteOf } from '../store/places/sightings.ts';

const maxBytes = 2 * 1024 * 1024;
/** Several times as fast as WebCrypto's for so few bytes. */
const digest: Digest = (bytes) => Uint8Array.from(createHash('sha256').update(bytes).digest());

/** `POST /v1/scans`, a `kakou-batch+jwt` → `{results, receipt, trusted}`: protocol 7. */
export function scanRoutes(hub: Hub): Hono {
  const take = tokenBuckets(hub.rates?.scans ?? defaultRates.scans, hub.clock.monotonic);
  const door = createDoor(hub);
  return new Hono().post('/scans', async (context) => {
    if (hub.signing?.doubt()) return doubtful(context); // a receipt is dated, and so is what it is for
    const visit = door(addressOf(context, hub.trustProxy ?? false));
    const body = await readBody(context.req.raw, {
      maxBytes,
      bodies: hub.bodies,
      judge: visit.judge,
    });
    const answer = body.ok
      ? await upload(hub, body.value.text, visit, take).finally(body.value.done)
      : body.error;
    if (answer === 'bad-signature') visit.failed();
    if (answer === 'too-many') return tooMany(context, visit.waitS());
    if (typeof answer === 'string') return bodyProblem(context, answer);
    if ('waitS' in answer) return tooMany(context, answer.waitS);
    return context.json(answer, 200, { 'cache-control': 'no-store' });
  });
}

type Uploaded = Pick<Taken, 'results' | 'receipt'> & {
  readonly trusted: boolean;
  /** At a gate of a site: codes of this phone that were let in elsewhere too. */
  readonly twice?: readonly ShownTwice[];
};

async function upload(
  hub: Hub,
  text: string,
  visit: Visit,
  take: (device: string) => number,
): Promise<Uploaded | { readonly waitS: number } | BatchProblem> {
  const { sql, clock, authority, metrics } = hub;
  const sender = visit.sender();
  const keyOf = async (id: string) =>
    sender?.id === id ? importPublicKey(sender.device.jwk) : undefined;
  const opened = await openBatch(text, keyOf, digest);
  if (!opened.ok) return opened.error;
  const { device, entries } = opened.value;
  visit.succeeded();
  const waitS = take(device);
  if (waitS > 0) {
    metrics.count('kakou_limited_total', { what: 'scans' });
    return { waitS };
  }
  const receivedAt = clock.wall();
  // a revoked device's scans are kept and marked, never refused: protocol 4
  const trusted = sender?.device.revokedAt === undefined;
  const sign = ({ seq, hash }: LogHead) =>
    authority.signReceipt({ device, seq, head: hash, t: toSeconds(receivedAt) });
  const gate = sender?.device.gate.id ?? '';
  const intake = { device, trusted, receivedAt, jws: text, gate };
  const taken = await takeIn(sql, intake, entries, sign);
  report(hub, taken);
  const seqs = entries.map(({ seq }) => seq);
  const twice = await noteConflicts(sql, device, seqs);
  if (twice > 0) metrics.count('kakou_conflicts_total', {}, twice);
  const answer = { results: taken.results, receipt: taken.receipt, trusted };
  const group = trusted ? await siteOf(sql, device) : undefined;
  if (!group) return answer;
  const fresh = await noteSightings(sql, group, seqs, receivedAt);
  if (fresh > 0) hub.sightings.poke();
  if (fresh > 0) metrics.count('kakou_sightings_total', {}, fresh);
  return { ...answer, twice: await conflictsToTell(sql, device, group.site, receivedAt) };
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
