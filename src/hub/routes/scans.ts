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
import { conflictsStatement, conflictsToTell, noteConflicts } from '../store/console/conflicts.ts';
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
  const { taken, trusted, group, conflicts } = kept;
  report(hub, taken);
  if (conflicts > 0) hub.metrics.count('kakou_conflicts_total', {}, conflicts);
  const answer = { results: taken.results, receipt: taken.receipt, trusted };
  const twice = group && (await tellOthers(hub, { device, group, entries, receivedAt }));
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
  /** Codes newly found to have been let in elsewhere too: looked for when the entries are stored for good. */
  readonly conflicts: number;
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
  const seqs = entries.map(({ seq }) => seq);
  if (known.revokedAt === undefined) {
    const { gate, gateText } = known;
    const intake = { device, trusted: true as const, receivedAt, jws, gate: gate.id };
    const noting = conflictsStatement(device, seqs);
    const plain = await takeInOrder(sql, { ...intake, gateText }, entries, sign, noting);
    if (plain) {
      const { taken, group, found: conflicts } = plain;
      return { taken, group, conflicts, trusted: true };
    }
  }
  const now = isRemembered ? await findDevice(sql, device) : known;
  visit.remember(now);
  if (!now) return 'unknown-device';
  // a revoked device's scans are kept and marked, never refused: protocol 4
  const trusted = now.revokedAt === undefined;
  const intake = { device, trusted, receivedAt, jws, gate: now.gate.id };
  const taken = await takeIn(sql, intake, entries, sign);
  return { taken, trusted, group: now.group, conflicts: await noteConflicts(sql, device, seqs) };
}

interface Told {
  readonly device: string;
  readonly group: SiteDevice;
  readonly entries: readonly BatchEntry[];
  readonly receivedAt: EpochMillis;
}

/** What others of the site are told of it, and of this phone's codes those that were let in elsewhere too. */
async function tellOthers(
  { sql, metrics, sightings }: Hub,
  { device, group, entries, receivedAt }: Told,
): Promise<readonly ShownTwice[]> {
  const seqs = entries.map(({ seq }) => seq);
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
