import { parseCompactJws, verifyCompactJws } from '../jws.ts';
import { limits } from '../limits.ts';
import type { IssuerTyp, PublicJwk } from '../trust/bundle.ts';
import type { Bytes } from '../units.ts';
import { fromBase45 } from './base45.ts';
import { decodeCbor } from './cbor.ts';
import {
  claimsFromCbor,
  claimsFromJson,
  type PassClaims,
  type StampClaims,
  stampFromCbor,
} from './claims.ts';
import { type CoseSign1, kidText, parseCoseSign1, verifyCoseSign1 } from './cose.ts';
import type { PassForm, PassKind } from './verdict.ts';

/** A pass read strictly and not yet verified. `iss` and `kid` may pick the key; nothing else is used. */
export interface ParsedPass {
  readonly kind: PassKind;
  readonly form: PassForm;
  readonly kid: string;
  /** What the issuer's key must be allowed to sign. */
  readonly typ: IssuerTyp;
  readonly claims: PassClaims;
  /** Checks the issuer's signature. */
  verify(issuerKey: CryptoKey): Promise<boolean>;
  /** Credentials only: the holder's stamp and the key that must have made it. */
  readonly stamp?: ParsedStamp;
}

export interface ParsedStamp {
  readonly claims: StampClaims;
  readonly holderKey: PublicJwk;
  /** Checks the stamp over the credential's exact bytes (external_aad). */
  verify(holderKey: CryptoKey): Promise<boolean>;
}

/** Parses a text that claims to be a pass. Undefined = malformed: protocol 1.3. Never throws on any text. */
export function parsePass(text: string, encoding: 'kk1' | 'kk2' | 'jwt'): ParsedPass | undefined {
  if (text.length > limits.textChars) return undefined;
  if (encoding === 'jwt') return parseJwt(text);
  const bytes = text.startsWith(`${encoding.toUpperCase()}:`) && fromBase45(text.slice(4));
  if (!bytes) return undefined;
  return encoding === 'kk1' ? parseCwt(bytes) : parseStampedCredential(bytes);
}

const jwtKinds: Readonly<Record<string, [PassKind, IssuerTyp]>> = {
  'kp+jwt': ['live', 'kp'],
  'kd+jwt': ['paper', 'kd'],
};
const cwtKinds: Readonly<Record<string, [PassKind, IssuerTyp]>> = {
  kp: ['live', 'kp'],
  kd: ['paper', 'kd'],
};

function parseJwt(text: string): ParsedPass | undefined {
  const jws = parseCompactJws(text);
  const claims = jws && claimsFromJson(jws.payload);
  const kind = jws && own(jwtKinds, jws.header.typ);
  if (!claims || !kind || !isKid(jws.header.kid)) return undefined;
  return {
    kind: kind[0],
    form: 'jwt',
    kid: jws.header.kid,
    typ: kind[1],
    claims,
    verify: (key) => verifyCompactJws(jws, key),
  };
}

function parseCwt(bytes: Bytes): ParsedPass | undefined {
  const sign1 = parseCoseSign1(bytes);
  const kind = sign1 && own(cwtKinds, sign1.typ);
  const pass = kind && fromSign1(sign1, ...kind);
  return pass && !pass.claims.cnf ? pass : undefined;
}

/** `[credential, stamp]`, each an encoded COSE_Sign1: protocol 1.1. */
function parseStampedCredential(bytes: Bytes): ParsedPass | undefined {
  const pair = decodeCbor(bytes);
  if (!Array.isArray(pair) || pair.length !== 2) return undefined;
  const [credentialBytes, stampBytes] = pair as unknown[];
  if (!(credentialBytes instanceof Uint8Array && stampBytes instanceof Uint8Array))
    return undefined;
  const credential = parseCoseSign1(credentialBytes);
  const stampSign1 = parseCoseSign1(stampBytes);
  if (credential?.typ !== 'kc' || stampSign1?.typ !== 'ks') return undefined;
  const pass = fromSign1(credential, 'credential', 'kc');
  const stampClaims = stampFromCbor(stampSign1.payload);
  if (!pass?.claims.cnf || !stampClaims) return undefined;
  const stamp: ParsedStamp = {
    claims: stampClaims,
    holderKey: pass.claims.cnf,
    verify: (key) => verifyCoseSign1(stampSign1, key, credentialBytes),
  };
  return { ...pass, stamp };
}

function fromSign1(sign1: CoseSign1, kind: PassKind, typ: IssuerTyp): ParsedPass | undefined {
  const kid = kidText(sign1.kid);
  const claims = claimsFromCbor(sign1.payload);
  if (kid === undefined || !claims) return undefined;
  return { kind, form: 'cwt', kid, typ, claims, verify: (key) => verifyCoseSign1(sign1, key) };
}

const isKid = (kid: string): boolean => /^[\x21-\x7e]{1,16}$/.test(kid);

function own<T>(record: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}
