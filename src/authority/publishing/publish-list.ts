import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { JsonObject } from '../../core/json.ts';
import { limits } from '../../core/limits.ts';
import type { Signer } from '../../core/signer.ts';
import { acceptTrust, noMarks } from '../../core/trust/accept.ts';
import type { IssuerEntry, ListPin } from '../../core/trust/bundle.ts';
import {
  type Bytes,
  type EpochMillis,
  type EpochSeconds,
  epochSeconds,
  toSeconds,
} from '../../core/units.ts';
import { CommandError } from '../../node/command-error.ts';
import type { Queries, Sql } from '../../node/database.ts';
import { exclusively, finish, type Output, writeAll } from '../ceremony/files/folder.ts';
import { dayOf, pinOf } from '../lists/pins.ts';
import {
  blankBits,
  changesBetween,
  deflated,
  inflatedBits,
  type StatusBits,
  withChanges,
} from '../lists/status-bits.ts';
import { signDelta, signStatusBits } from '../lists/status-list.ts';
import { bundleForRegion, nearOf, regionalBundle } from '../regional-bundle.ts';
import { signFile } from '../sign-file.ts';
import { markPublished, revokedIndices } from '../store/indices.ts';
import { hostFolder, readFolder, regionalBundles } from '../trust-folder.ts';
import type { PublishedBundle, Seat } from './seat.ts';

export interface PublishNeeds {
  readonly sql: Sql;
  readonly seat: Seat;
  /** A static host's folder, where hub and CDN take trust files: `DIR` of `DIR/v1/bundle`. */
  readonly folder: string;
  /** Who signs bundles: as many as the root's threshold wants. */
  readonly bundleSigners: readonly Signer[];
  /** Hours a bundle of ours lives; without it the ceremony's own end stays as it is. */
  readonly hours?: number;
}

export interface PublishedList {
  readonly version: number;
  readonly bundle: number;
  readonly revoked: number;
  readonly full: boolean;
}

/** The day's full list, as the delta is laid over it. */
interface Kept {
  readonly day: string;
  readonly version: number;
  readonly bits: string;
  /** Of the full list as it was published. */
  readonly sha256: string;
}

/**
 * Publishes what is revoked now: on a new day a full list, else the cumulative delta, and a bundle that
 * pins it. All is opened as a phone would before any of it is written, and the bundle comes last.
 * Two processes, or the ceremony meanwhile, wait for each other.
 */
export async function publishList(needs: PublishNeeds, now: EpochMillis): Promise<PublishedList> {
  const { sql, folder } = needs;
  const holder = dirname(folder);
  const lock = existsSync(join(holder, 'authority.json')) ? holder : folder;
  let published: PublishedList | undefined;
  await exclusively(lock, async () => {
    await finish(folder);
    published = await sql.transaction((tx) => publishIn(tx, needs, now));
  });
  if (!published) throw new Error('nothing was published');
  return published;
}

async function publishIn(
  tx: Queries,
  { seat, folder, bundleSigners, hours }: PublishNeeds,
  now: EpochMillis,
): Promise<PublishedList> {
  const [issuer, before] = [seat.issuer(), seat.published()];
  const pin = issuer?.list;
  if (!issuer || !pin || !before) throw new CommandError(`the bundle names no list of ${seat.id}`);
  const at = epochSeconds(Math.max(toSeconds(now), before.bundle.iat));
  const bits = await bitsNow(tx, pin, now);
  const [kept] = await tx.query<Kept>(
    'select day, version, bits, sha256 from published_list for update',
  );
  const version = Math.max(kept?.version ?? 0, pin.version, pin.delta?.version ?? 0) + 1;
  // a list that is not ours is replaced by one that is
  const base = kept?.day === dayOf(at) && pin.sha256 === kept.sha256 ? kept : undefined;
  const made = base
    ? await delta(seat, pin, base, bits, version, at)
    : await full(seat, pin, bits, version, at);
  const content = await nextBundle(before, issuer, made.pin, bundleSigners, at, hours);
  const outputs: Output[] = [
    { path: `${prefixOf(folder)}${made.path}`, content: made.file },
    ...(await regional(folder, content.payload, bundleSigners)),
    { path: `${prefixOf(folder)}bundle`, content: content.file },
  ];
  await refuseBad(folder, outputs, seat.id, made, at);
  await tx.query(
    `insert into published_list (id, day, version, bits, sha256, at) values (1, $1, $2, $3, $4, $5)
     on conflict (id) do update set day = $1, version = $2, bits = $3, sha256 = $4, at = $5`,
    [
      ...[made.pin.day, version, base ? base.bits : deflated(bits.bytes, 6)],
      ...[made.pin.sha256, now],
    ],
  );
  await markPublished(tx, now);
  await writeAll(folder, outputs);
  const revoked = changesBetween(blankBits(bits.bits, bits.size), bits).flatMap(
    ({ indices }) => indices,
  ).length;
  return { version, bundle: before.bundle.version + 1, revoked, full: !base };
}

/** In an open database transaction, so that what is marked is what was read. */
async function bitsNow(
  tx: Queries,
  { bits, size }: ListPin,
  now: EpochMillis,
): Promise<StatusBits> {
  const indices = (await revokedIndices(tx, now)).filter((index) => index < size);
  return withChanges(blankBits(bits, size), [{ status: 1, indices }]);
}

interface Made {
  readonly path: string;
  readonly file: string;
  readonly pin: ListPin;
}

async function full(
  seat: Seat,
  { bits, size }: ListPin,
  list: StatusBits,
  version: number,
  at: EpochSeconds,
): Promise<Made> {
  const day = dayOf(at);
  const path = `lists/${seat.id}/${day}`;
  const uri = `/v1/${path}`;
  const exp = epochSeconds(at + limits.bundleS);
  const signer = await listSigner(seat, 'statuslist', at);
  const file = await signStatusBits({ uri, iat: at, exp }, list, signer);
  return { path, file, pin: { uri, version, day, size, bits, ...(await pinOf(file)) } };
}

async function delta(
  seat: Seat,
  { delta: _, ...pin }: ListPin,
  base: Kept,
  list: StatusBits,
  version: number,
  at: EpochSeconds,
): Promise<Made> {
  const from = await inflatedBits(base.bits, pin.bits, pin.size);
  if (!from) throw new Error('the list that was published is not kept as it was');
  const path = `deltas/${seat.id}`;
  const uri = `/v1/${path}`;
  const claims = { uri, iat: at, day: pin.day, version, changes: changesBetween(from, list) };
  const file = await signDelta(claims, await listSigner(seat, 'kakou-delta', at));
  return { path, file, pin: { ...pin, delta: { uri, version, ...(await pinOf(file)) } } };
}

async function listSigner(
  seat: Seat,
  typ: 'statuslist' | 'kakou-delta',
  at: EpochSeconds,
): Promise<Signer> {
  const signer = await seat.signer(typ, at);
  if (signer) return signer;
  throw new CommandError(`no key of ${seat.id} for ${typ} is here that phones take now`);
}

/** The bundle as it is, members nobody here knows too, with this one pin of the issuer's. */
async function nextBundle(
  { payload, bundle }: PublishedBundle,
  { id }: IssuerEntry,
  pin: ListPin,
  signers: readonly Signer[],
  at: EpochSeconds,
  hours: number | undefined,
): Promise<{ readonly payload: JsonObject; readonly file: Bytes }> {
  const issuers = (payload['issuers'] as { readonly id?: unknown }[]).map((entry) =>
    entry.id === id ? { ...entry, list: pin } : entry,
  );
  const exp = hours === undefined ? bundle.exp : at + hours * 3600;
  const next = { ...payload, version: bundle.version + 1, iat: at, exp, issuers };
  return { payload: next, file: await signFile('kakou-bundle+jws', next, signers) };
}

/** The same for each region that the ceremony has given a bundle. */
async function regional(
  folder: string,
  all: JsonObject,
  signers: readonly Signer[],
): Promise<Output[]> {
  const outputs: Output[] = [];
  for (const [region, before] of await regionalBundles(folder)) {
    const next = bundleForRegion(all, region, nearOf(before));
    const content = await signFile('kakou-bundle+jws', next, signers);
    outputs.push({ path: `${prefixOf(folder)}${regionalBundle(region)}`, content });
  }
  return outputs;
}

/** `v1/` where the files lie in such a folder. */
const prefixOf = (folder: string): string => (hostFolder(folder) === folder ? '' : 'v1/');

async function refuseBad(
  folder: string,
  outputs: readonly Output[],
  id: string,
  { file, pin }: Made,
  at: EpochSeconds,
): Promise<void> {
  const { roots, lists } = await readFolder(folder);
  const [pinnedRoot, ...next] = roots;
  if (!pinnedRoot) throw new CommandError(`${folder} has no root`);
  const own = lists[id];
  const laid = pin.delta ? { list: own?.list ?? '', delta: file } : { list: file };
  for (const { path, content: bundle } of outputs) {
    if (!(bundle instanceof Uint8Array)) continue;
    const set = { pinnedRoot, roots: next, bundle, lists: { ...lists, [id]: laid } };
    const accepted = await acceptTrust(set, noMarks, at);
    if (accepted.ok) continue;
    const { file, issuer, problem } = accepted.error;
    const what = [file, issuer, path.includes('bundles/') && path].filter(Boolean).join(' of ');
    throw new CommandError(`phones would refuse the ${what}: ${problem}`);
  }
}
