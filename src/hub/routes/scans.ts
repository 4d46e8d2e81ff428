import { Hono } from 'hono';
import { type BatchEntry, type BatchProblem, openBatch } from '../../core/log/batch.ts';
import type { LogHead } from '../../core/log/entry.ts';
import type { ShownTwice } from '../../core/sightings/sighting.ts';
import { type EpochMillis, toSeconds } from '../../core/units.ts';
import { batchTools } from '../../node/crypto/batch-tools.ts';
import { verifierOf } from '../../node/crypto/es256.ts';
import { addressOf } from '../../node/http/address.ts';
import { readBody } from '../../node/http/body.ts';
import { bodyOf } from '../../node/http/body-source.ts';
import { tokenBuckets } from '../../node/http/token-buckets.ts';
import { createDoor, type Sender, type Visit } from '../door.ts';
import { bodyProblem, doubtful, tooMany } from '../http/problem.ts';
import { defaultRates } from '../http/rate-limit.ts';
import type { Hub } from '../hub.ts';
import { conflictsToTell, noteConflicts } from '../store/console/conflicts.ts';
import { findDevice, type SiteDevice } from '../store/devices.ts';
import { takeInOrder } from '../store/intake/in-order.ts';
import { type EntryResult, type Taken, takeIn } from '../store/log-intake.ts';
import { noteSightings } from '../store/places/sightings.ts';

const maxBytes = 2 * 1024 * 1024;

/** `POST /v1/scans`, a `kakou-batch+jwt` → `{results, receipt, trusted}`: protocol 7. */
export function scanRoutes(hub: Hub): Hono {
  const take = tokenBuckets(hub.rates?.scans ?? defaultRates.scans, hub.clock.monotonic);
  const door = createDoor(hub);
  return new Hono().post('/scans', async (context) => {
    if (hub.signing?.doubt()) return doubtful(context); // a receipt is dated, and so is what it is for
    const visit = door(addressOf(context, hub.trustProxy ?? false));
    const body = await readBody(bodyOf(context), {
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
  const sender = visit.sender();
  const keyOf = (id: string) => (sender?.id === id ? verifierOf(sender.device.jwk) : undefined);
  const opened = await openBatch(text, keyOf, batchTools);
  if (!opened.ok) return opened.error;
  if (!sender) return 'unknown-device';
  const { device, entries } = opened.value;
  visit.succeeded();
  const waitS = take(device);
  if (waitS > 0) {
    hub.metrics.count('kakou_limited_total', { what: 'scans' });
    return { waitS };
  }
  const receivedAt = hub.clock.wall();
  const kept = await keep(hub, { visit, sender }, { entries, jws: text, receivedAt });
  if (typeof kept === 'string') return kept;
  const { taken, trusted, group } = kept;
  report(hub, taken);
  const answer = { results: taken.results, receipt: taken.receipt, trusted };
  const twice = await tellOthers(hub, { device, group, entries, receivedAt });
  return twice ? { ...answer, twice } : answer;
}

interface Opened {
  readonly entries: readonly BatchEntry[];
  readonly jws: string;
  readonly receivedAt: EpochMillis;
}

interface KeptBatch {
  readonly taken: Taken;
  readonly trusted: boolean;
  readonly group: SiteDevice | undefined;
}

/** As nearly always in one statement; in a transaction whatever is not simply the next of its log. */
async function keep(
  { sql, authority }: Hub,
  { visit, sender }: { readonly visit: Visit; readonly sender: Sender },
  { entries, jws, receivedAt }: Opened,
): Promise<KeptBatch | 'unknown-device'> {
  const { id: device, device: known, isRemembered } = sender;
  const sign = ({ seq, hash }: LogHead) =>
    authority.signReceipt({ device, seq, head: hash, t: toSeconds(receivedAt) });
  if (known.revokedAt === undefined) {
    const { gate, gateText } = known;
    const intake = { device, trusted: true as const, receivedAt, jws, gate: gate.id };
    const plain = await takeInOrder(sql, { ...intake, gateText }, entries, sign);
    if (plain) return { ...plain, trusted: true };
  }
  const now = isRemembered ? await findDevice(sql, device) : known;
  visit.remember(now);
  if (!now) return 'unknown-device';
  // a revoked device's scans are kept and marked, never refused: protocol 4
  const trusted = now.revokedAt === undefined;
  const intake = { device, trusted, receivedAt, jws, gate: now.gate.id };
  return { taken: await takeIn(sql, intake, entries, sign), trusted, group: now.group };
}

interface Told {
  readonly device: string;
  readonly group: SiteDevice | undefined;
  readonly entries: readonly BatchEntry[];
  readonly receivedAt: EpochMillis;
}

/** What was let in elsewhere too, and at a gate of a site what others there are told of it. */
async function tellOthers(
  { sql, metrics, sightings }: Hub,
  { device, group, entries, receivedAt }: Told,
): Promise<readonly ShownTwice[] | undefined> {
  const seqs = entries.map(({ seq }) => seq);
  const twice = await noteConflicts(sql, device, seqs);
  if (twice > 0) metrics.count('kakou_conflicts_total', {}, twice);
  if (!group) return undefined;
  const fresh = await noteSightings(sql, group, seqs, receivedAt);
  if (fresh > 0) sightings.poke();
  if (fresh > 0) metrics.count('kakou_sightings_total', {}, fresh);
  return conflictsToTell(sql, device, group.site, receivedAt);
}

function report({ metrics, log }: Hub, { results, alarms, otherGate }: Taken): void {
  metrics.count('kakou_batches_total');
  const sums = new Map<EntryResult['result'], number>();
  for (const { result } of results) sums.set(result, (sums.get(result) ?? 0) + 1);
  for (const [result, entries] of sums) metrics.count('kakou_entries_total', { result }, entries);
  const gaps = results.filter((entry) => entry.result === 'stored' && entry.reason).length;
  if (gaps > 0) metrics.count('kakou_gaps_total', {}, gaps);
  if (otherGate > 0) {
    metrics.count('kakou_other_gate_total', {}, otherGate);
    log.warn({ entries: otherGate }, 'entries for another gate than the device is enrolled at');
  }
  for (const reason of alarms) metrics.count('kakou_alarms_total', { reason });
  if (alarms.length > 0)
    log.error({ alarms: alarms.length, first: alarms[0] }, 'entries in quarantine');
}
