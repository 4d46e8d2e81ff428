import { fromBase64url, toBase64url } from '../../base64url.ts';
import { isIssuerId } from '../../ids.ts';
import { isObject, type JsonObject } from '../../json.ts';
import type { PublicJwk } from '../../jwk.ts';
import { limits } from '../../limits.ts';
import { type EpochSeconds, epochSeconds } from '../../units.ts';
import { isClaimText } from '../claim-text.ts';
import type { PassClaims, StampClaims } from '../format.ts';

/** Thrown inside this file only: a claim is missing, or of the wrong type or range. */
class BadClaim extends Error {}

/** Reads the JSON claims of a JWT (RFC 7519); undefined when a known claim is wrong. */
export function claimsFromJson(payload: JsonObject): PassClaims | undefined {
  return orUndefined(() => {
    const hc = payload['hc'];
    if (!isObject(hc)) throw new BadClaim();
    const jti = payload['jti'];
    const id = typeof jti === 'string' ? fromBase64url(jti) : undefined;
    return checked(
      (name) => payload[name],
      (name) => hc[name],
      id,
      undefined,
    );
  });
}

const label = { iss: 1, aud: 3, exp: 4, nbf: 5, iat: 6, cti: 7, cnf: 8, hc: -70001 } as const;
const healthLabel = { st: 1, si: 2, nm: 3, mi: 4, rh: 5, nt: 6 } as const;

/** Reads the CBOR claims of a CWT (RFC 8392); undefined when a known claim is wrong. */
export function claimsFromCbor(payload: ReadonlyMap<unknown, unknown>): PassClaims | undefined {
  return orUndefined(() => {
    const hc = payload.get(label.hc);
    if (!(hc instanceof Map)) throw new BadClaim();
    const cti = payload.get(label.cti);
    const cnf = payload.get(label.cnf);
    return checked(
      (name) => payload.get(label[name]),
      (name) => hc.get(healthLabel[name]),
      cti instanceof Uint8Array ? cti : undefined,
      cnf === undefined ? undefined : holderKey(cnf),
    );
  });
}

export function stampFromCbor(payload: ReadonlyMap<unknown, unknown>): StampClaims | undefined {
  return orUndefined(() => {
    const cti = payload.get(label.cti);
    const aud = payload.get(label.aud);
    return {
      iat: time(payload.get(label.iat)),
      jti: passId(cti instanceof Uint8Array ? cti : undefined),
      ...(aud !== undefined && { aud: text(aud, limits.audienceBytes) }),
    };
  });
}

type Registered = 'iss' | 'iat' | 'exp' | 'nbf' | 'aud';

function checked(
  claim: (name: Registered) => unknown,
  health: (name: keyof typeof healthLabel) => unknown,
  id: Uint8Array | undefined,
  cnf: PublicJwk | undefined,
): PassClaims {
  const optional = <T>(value: unknown, read: (value: unknown) => T): T | undefined =>
    value === undefined ? undefined : read(value);
  const nbf = optional(claim('nbf'), time);
  const aud = optional(claim('aud'), (value) => text(value, limits.audienceBytes));
  const nm = optional(health('nm'), (value) => text(value, limits.maskedNameBytes));
  const mi = optional(health('mi'), (value) => text(value, limits.maskedIdBytes));
  return {
    iss: issuerId(claim('iss')),
    iat: time(claim('iat')),
    exp: time(claim('exp')),
    ...(nbf !== undefined && { nbf }),
    ...(aud !== undefined && { aud }),
    jti: passId(id),
    ...(cnf && { cnf }),
    st: code(health('st'), limits.stateChars),
    si: uint(health('si')),
    ...(nm !== undefined && { nm }),
    ...(mi !== undefined && { mi }),
    rh: optional(health('rh'), onlyTrue) ?? false,
    nt: optional(health('nt'), noticeCodes) ?? [],
  };
}

function orUndefined<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (thrown) {
    if (thrown instanceof BadClaim) return undefined;
    throw thrown;
  }
}

function uint(value: unknown): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) throw new BadClaim();
  return value;
}

/** The last second of the year 9999: a larger number is not a time. */
const latest = 253_402_300_799;

function time(value: unknown): EpochSeconds {
  const seconds = uint(value);
  if (seconds > latest) throw new BadClaim();
  return epochSeconds(seconds);
}

function text(value: unknown, maxBytes: number): string {
  if (typeof value !== 'string' || !isClaimText(value, maxBytes)) throw new BadClaim();
  return value;
}

function code(value: unknown, maxChars: number): string {
  const read = text(value, maxChars * 4);
  if (read.length > maxChars && [...read].length > maxChars) throw new BadClaim();
  return read;
}

function issuerId(value: unknown): string {
  if (typeof value !== 'string' || !isIssuerId(value)) throw new BadClaim();
  return value;
}

function passId(id: Uint8Array | undefined): string {
  const { min, max } = limits.passIdBytes;
  if (!id || id.length < min || id.length > max) throw new BadClaim();
  return toBase64url(id);
}

function onlyTrue(value: unknown): true {
  if (value !== true) throw new BadClaim();
  return value;
}

function noticeCodes(value: unknown): string[] {
  if (!Array.isArray(value) || value.length > limits.noticeCount) throw new BadClaim();
  return value.map((item) => code(item, limits.noticeChars));
}

/** `cnf` of RFC 8747 section 3.2: `{1: COSE_Key}` with an EC2 P-256 public key (RFC 9053 section 7.1.1). */
function holderKey(cnf: unknown): PublicJwk {
  const key: unknown = cnf instanceof Map && cnf.size === 1 ? cnf.get(1) : undefined;
  if (!(key instanceof Map) || key.size !== 4 || key.get(1) !== 2 || key.get(-1) !== 1) {
    throw new BadClaim();
  }
  const [x, y] = [key.get(-2), key.get(-3)];
  if (!(x instanceof Uint8Array) || !(y instanceof Uint8Array)) throw new BadClaim();
  if (x.length !== 32 || y.length !== 32) throw new BadClaim();
  return { kty: 'EC', crv: 'P-256', x: toBase64url(x), y: toBase64url(y) };
}
