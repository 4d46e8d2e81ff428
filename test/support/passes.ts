/** Makes passes of every kind, good and crooked: any header, any claims, any key, raw bytes spliced in. */
import { encode } from 'cborg';
import { generateKey, type IssuerKeys, type NamedKey, signerOf } from '../../src/authority/keys.ts';
import { toBase64url } from '../../src/core/base64url.ts';
import { fromHex, utf8 } from '../../src/core/bytes.ts';
import { isObject } from '../../src/core/json.ts';
import { toBase45 } from '../../src/core/pass/base45.ts';
import { sigStructure } from '../../src/core/pass/cose.ts';
import type { Signer } from '../../src/core/signer.ts';
import { acceptTrust, noMarks } from '../../src/core/trust/accept.ts';
import type { TrustView } from '../../src/core/trust/view.ts';
import { type Bytes, type EpochSeconds, epochMillis, epochSeconds } from '../../src/core/units.ts';
import { type VerifyContext, verifyPass } from '../../src/core/verify/pipeline.ts';
import type { GateFacts } from '../../src/core/verify/venue-rules.ts';
import type { Verdict } from '../../src/core/verify/verdict.ts';
import { demoKeys } from '../../src/demo/demo-keys.ts';
import { demoTrust } from '../../src/demo/demo-trust.ts';

/** When the passes of the tests are made and their trust set is signed. */
export const at = epochSeconds(1_800_000_000);
export const home: GateFacts = {
  id: 'demo-gate',
  venue: 'residential',
  region: 'CN-TJ',
  measuredBefore: true,
};
export const keys = demoKeys();

export const hex = (digits: string): Bytes => fromHex(digits.replaceAll(' ', '')) ?? never();
export const b64 = (data: string | Uint8Array): string =>
  toBase64url(typeof data === 'string' ? utf8(data) : data);
export const randomBytes = (length: number): Bytes =>
  crypto.getRandomValues(new Uint8Array(length));

function never(): never {
  throw new Error('the test itself is wrong');
}

const signers = new Map<string, Promise<Signer>>();
export function signer(role: keyof IssuerKeys = 'live', issuer = 'CN-TJ'): Promise<Signer> {
  return ready(keys.issuers[issuer]?.[role] ?? never());
}
export const holder = (): Promise<Signer> => ready(keys.holder);
export const stranger = async (kid = 'nobody'): Promise<Signer> => signerOf(await generateKey(kid));

function ready(named: NamedKey): Promise<Signer> {
  const known = signers.get(named.jwk.x) ?? signerOf(named);
  signers.set(named.jwk.x, known);
  return known;
}

/** Claims by their JWT names, whatever the encoding; `jti` as bytes. `undefined` leaves one out. */
export type Claims = Readonly<Record<string, unknown>>;

const isRecord = (value: unknown): value is Claims =>
  isObject(value) && Object.getPrototypeOf(value) === Object.prototype;

/** Claims of a good live pass; `over` and its `hc` lie over them. */
export function good(over: Claims = {}): Claims {
  const hc = { st: 'g', si: 42, nm: '张*三', mi: '12…2X' };
  const base = { iss: 'CN-TJ', iat: at, exp: at + 60, jti: randomBytes(12) };
  const own = over['hc'];
  const isPlain = own === undefined || isRecord(own);
  return { ...base, ...over, hc: isPlain ? { ...hc, ...(own as Claims) } : own };
}

const labels: Readonly<Record<string, number>> = {
  iss: 1,
  aud: 3,
  exp: 4,
  nbf: 5,
  iat: 6,
  jti: 7,
  cnf: 8,
  hc: -70001,
};
const healthLabels: Readonly<Record<string, number>> = { st: 1, si: 2, nm: 3, mi: 4, rh: 5, nt: 6 };

/** The CBOR map of claims, integer labels for the names it knows. */
export function cborClaims(claims: Claims): Map<unknown, unknown> {
  const { hc, ...rest } = claims;
  const map = labelled(rest, labels);
  if (hc !== undefined) map.set(labels['hc'], isRecord(hc) ? labelled(hc, healthLabels) : hc);
  return map;
}

function labelled(claims: Claims, names: Readonly<Record<string, number>>): Map<unknown, unknown> {
  const entries = Object.entries(claims).filter(([, value]) => value !== undefined);
  return new Map(entries.map(([name, value]) => [names[name] ?? name, value]));
}

/** What may be bent of a COSE_Sign1; everything not said is as a good live pass has it. */
export interface CwtParts {
  readonly typ?: unknown;
  readonly kid?: Uint8Array;
  readonly claims?: Claims;
  readonly by?: Signer;
  /** Replaces the whole protected header, as a map or as bytes. */
  readonly header?: ReadonlyMap<unknown, unknown> | Uint8Array;
  readonly unprotected?: unknown;
  readonly payload?: Uint8Array;
  readonly aad?: Uint8Array;
  /** Changes the four parts after signing. */
  readonly splice?: (parts: unknown[]) => unknown;
}

export async function sign1(parts: CwtParts = {}): Promise<Bytes> {
  const by = parts.by ?? (await signer());
  const usual = new Map<unknown, unknown>([
    [1, -7],
    [4, parts.kid ?? utf8(by.kid)],
    [16, parts.typ ?? 'kp'],
  ]);
  const header = parts.header ?? usual;
  const protectedHeader = header instanceof Uint8Array ? header : encode(header);
  const payload = parts.payload ?? encode(cborClaims(parts.claims ?? good()));
  const unprotected = 'unprotected' in parts ? parts.unprotected : new Map();
  const covered = sigStructure(protectedHeader, parts.aad ?? new Uint8Array(), payload);
  const signature = await sign(by, covered);
  const four = [protectedHeader, unprotected, payload, signature];
  return new Uint8Array(encode(parts.splice ? parts.splice(four) : four));
}

export async function sign(by: Signer, data: Bytes): Promise<Bytes> {
  const params = { ...by.key.algorithm, hash: 'SHA-256' };
  return new Uint8Array(await crypto.subtle.sign(params, by.key, data));
}

export const kk1 = (bytes: Uint8Array): string => `KK1:${toBase45(bytes)}`;
export const cwt = async (parts: CwtParts = {}): Promise<string> => kk1(await sign1(parts));

/** What may be bent of a JWT. `headerText` and `payloadText` are signed as they are. */
export interface JwtParts {
  readonly typ?: string;
  readonly header?: Claims;
  readonly headerText?: string;
  readonly claims?: Claims;
  readonly payloadText?: string;
  readonly by?: Signer;
}

export async function jwt(parts: JwtParts = {}): Promise<string> {
  const by = parts.by ?? (await signer());
  const usual = { alg: 'ES256', kid: by.kid, typ: parts.typ ?? 'kp+jwt' };
  const header = parts.headerText ?? JSON.stringify(parts.header ?? usual);
  const payload = parts.payloadText ?? JSON.stringify(jsonClaims(parts.claims ?? good()));
  const input = `${b64(header)}.${b64(payload)}`;
  return `${input}.${b64(await sign(by, utf8(input)))}`;
}

export function jsonClaims(claims: Claims): Claims {
  const { jti } = claims;
  return jti instanceof Uint8Array ? { ...claims, jti: b64(jti) } : claims;
}

/** `cnf` for a public key (RFC 8747). */
export function cnfOf({ jwk }: NamedKey): Map<number, unknown> {
  const [x, y] = [Buffer.from(jwk.x, 'base64url'), Buffer.from(jwk.y, 'base64url')];
  const key = new Map<number, unknown>([
    [1, 2],
    [-1, 1],
    [-2, new Uint8Array(x)],
    [-3, new Uint8Array(y)],
  ]);
  return new Map([[1, key]]);
}

export interface OfflineParts {
  readonly credential?: CwtParts;
  readonly stamp?: CwtParts;
  /** What the stamp covers, when not the credential it is shown with. */
  readonly covered?: Uint8Array;
  readonly pair?: (credential: Bytes, stamp: Bytes) => unknown;
}

export const dayClaims = (over: Claims = {}): Claims =>
  good({ exp: at + 24 * 3600, cnf: cnfOf(keys.holder), ...over });

export async function credential(parts: CwtParts = {}): Promise<Bytes> {
  const by = await signer('credential');
  return sign1({ typ: 'kc', by, claims: dayClaims(), ...parts });
}

/** A credential with its stamp, `KK2:`. */
export async function offline(parts: OfflineParts = {}): Promise<string> {
  const day = await credential(parts.credential);
  const stamp = await sign1({
    typ: 'ks',
    by: await holder(),
    claims: { iat: at, jti: randomBytes(12) },
    aad: parts.covered ?? day,
    ...parts.stamp,
  });
  return `KK2:${toBase45(encode(parts.pair ? parts.pair(day, stamp) : [day, stamp]))}`;
}

export const paper = async (parts: CwtParts = {}): Promise<string> =>
  cwt({
    typ: 'kd',
    by: await signer('paper'),
    claims: good({ exp: at + 90 * 86_400 }),
    ...parts,
  });

const views = new Map<number, Promise<TrustView>>();
/** The demo trust set as of `when`, opened. */
export function demoView(when: EpochSeconds = at): Promise<TrustView> {
  const known = views.get(when) ?? openDemo(when);
  views.set(when, known);
  return known;
}

async function openDemo(when: EpochSeconds): Promise<TrustView> {
  const accepted = await acceptTrust(await demoTrust(when), noMarks, when);
  return accepted.ok ? accepted.value.view : never();
}

/** Where, when and by which trust a text is shown; `ageS` counts from `at`. */
export interface Scene extends Partial<Omit<VerifyContext, 'now'>> {
  readonly ageS?: number;
  readonly quality?: VerifyContext['now']['quality'];
}

export async function show(text: string, scene: Scene = {}): Promise<Verdict> {
  const { ageS = 3, quality = 'synced', gate = home, ...rest } = scene;
  const now = { at: epochMillis((at + ageS) * 1000), quality };
  const trust = 'trust' in scene ? scene.trust : await demoView();
  return verifyPass(text, { ...rest, now, gate, trust });
}

export async function said(text: string, scene: Scene = {}): Promise<string> {
  const { state, reason } = await show(text, scene);
  return `${state}/${reason}`;
}
