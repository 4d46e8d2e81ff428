import { demoVenueRules } from '../authority/ceremony/first-rules.ts';
import {
  type IssuerKeys,
  type KeyFile,
  type NamedKey,
  publicHalf,
  signerOf,
} from '../authority/keys.ts';
import { dayOf, pinOf } from '../authority/lists/pins.ts';
import { changesOf, signDelta, signStatusList } from '../authority/lists/status-list.ts';
import { signFile } from '../authority/sign-file.ts';
import { limits } from '../core/limits.ts';
import type { TrustFiles } from '../core/trust/accept.ts';
import type { Bundle, IssuerEntry, IssuerKey, ListPin } from '../core/trust/bundle.ts';
import type { ListFiles } from '../core/trust/lists/lists.ts';
import { type EpochSeconds, epochSeconds } from '../core/units.ts';
import { demoDistricts } from './demo-districts.ts';
import { type DemoIssuer, demoIssuers } from './demo-issuers.ts';
import { demoKeys, pinnedRoot } from './demo-keys.ts';
import { demoGates } from './demo-rules.ts';

/** A trust set as a hub publishes it. */
export interface SignedTrust extends TrustFiles {
  /** Day (`YYYY-MM-DD`, UTC) of the lists. */
  readonly day: string;
}

/** A list that is published already and stays as it is. */
export interface KeptList {
  readonly issuer: string;
  readonly pin: ListPin;
  readonly files: ListFiles;
}

/**
 * Signs a whole demo trust set as of `iat`, good for 72 hours. Versions are the second of signing,
 * so they grow over restarts without anything being stored.
 */
export async function demoTrust(
  iat: EpochSeconds,
  keys: KeyFile = demoKeys(),
  kept?: KeptList,
): Promise<SignedTrust> {
  const day = dayOf(iat);
  const lists: Record<string, ListFiles> = {};
  const issuers: IssuerEntry[] = [];
  for (const issuer of demoIssuers) {
    const own = keys.issuers[issuer.id];
    if (!own) continue;
    const isKept = kept?.issuer === issuer.id;
    const signed = isKept ? kept : await signLists(issuer, own.list, iat, day);
    if (signed) lists[issuer.id] = signed.files;
    issuers.push(entryOf(issuer, own, signed?.pin));
  }
  const bundle = await signBundle(issuers, iat, keys);
  return { pinnedRoot: pinnedRoot(), roots: [], bundle, lists, day };
}

async function signBundle(issuers: IssuerEntry[], iat: EpochSeconds, keys: KeyFile) {
  const { liveS, skewS } = { liveS: 60, skewS: 30 };
  const bundle: Bundle = {
    version: iat,
    root: 1,
    iat,
    exp: iat + limits.bundleS,
    limits: { liveS, skewS, credentialS: limits.credentialS, paperS: limits.paperS },
    issuers,
    venueRules: demoVenueRules,
    gates: demoGates,
    districts: demoDistricts,
    hub: { receiptKeys: [publicHalf(keys.receipt)], timeKeys: [publicHalf(keys.time)] },
    minimumApp: '0.1.0',
  };
  const signers = await Promise.all(keys.bundle.map(signerOf));
  return signFile('kakou-bundle+jws', bundle, signers);
}

/** 2020 to 2040, wider than the demo root's life, so that an example of any day verifies. */
const keyWindow = { nbf: 1_577_836_800, exp: 2_208_988_800 };

function entryOf(issuer: DemoIssuer, own: IssuerKeys, list: ListPin | undefined): IssuerEntry {
  const key = (named: NamedKey, ...typs: IssuerKey['typs']): IssuerKey => ({
    kid: named.kid,
    jwk: publicHalf(named),
    ...keyWindow,
    typs,
  });
  const keys = [
    key(own.live, 'kp'),
    key(own.credential, 'kc'),
    key(own.paper, 'kd', 'kv'),
    key(own.list, 'statuslist', 'kakou-delta'),
  ];
  const { list: _, ...entry } = issuer;
  return list ? { ...entry, keys, list } : { ...entry, keys };
}

async function signLists(
  issuer: DemoIssuer,
  key: NamedKey,
  iat: EpochSeconds,
  day: string,
): Promise<{ files: { list: string; delta?: string }; pin: ListPin } | undefined> {
  if (!issuer.list) return undefined;
  const { bits, size, statuses, changes } = issuer.list;
  const signer = await signerOf(key);
  const uri = `/v1/lists/${issuer.id}/${day}`;
  const exp = epochSeconds(iat + limits.bundleS);
  const list = await signStatusList({ uri, iat, exp, bits, size, statuses }, signer);
  const pin = { uri, version: iat, day, size, bits, ...(await pinOf(list)) };
  if (Object.keys(changes).length === 0) return { files: { list }, pin };
  const deltaUri = `/v1/deltas/${issuer.id}`;
  const delta = await signDelta(
    { uri: deltaUri, iat, day, version: iat, changes: changesOf(changes) },
    signer,
  );
  const deltaPin = { uri: deltaUri, version: iat, ...(await pinOf(delta)) };
  return { files: { list, delta }, pin: { ...pin, delta: deltaPin } };
}
