import { isKid } from '../../ids.ts';
import { parseCompactJws, verifyCompactJws } from '../../jws.ts';
import { limits } from '../../limits.ts';
import type { Bytes } from '../../units.ts';
import { fromBase45 } from '../base45.ts';
import { decodeCbor } from '../cbor.ts';
import { type CoseSign1, kidText, parseCoseSign1, verifyCoseSign1 } from '../cose.ts';
import type { ParsedPass, ParsedStamp } from '../format.ts';
import { factsOf, kindOfTyp, kinds, stampTyp } from '../kinds.ts';
import { claimsFromCbor, claimsFromJson, stampFromCbor } from './claims.ts';

/** Parses a text that claims to be a pass. Undefined = malformed: protocol 1.3. Never throws on any text. */
export function parsePass(text: string, encoding: 'kk1' | 'kk2' | 'jwt'): ParsedPass | undefined {
  if (text.length > limits.textChars) return undefined;
  if (encoding === 'jwt') return parseJwt(text);
  const bytes = text.startsWith(`${encoding.toUpperCase()}:`) && fromBase45(text.slice(4));
  if (!bytes) return undefined;
  return encoding === 'kk1' ? parseCwt(bytes) : parseStampedCredential(bytes);
}

function parseJwt(text: string): ParsedPass | undefined {
  const jws = parseCompactJws(text);
  const claims = jws && claimsFromJson(jws.payload);
  const typ = jws?.header.typ;
  const kind = typ?.endsWith('+jwt') ? kindOfTyp(typ.slice(0, -4)) : undefined;
  if (!claims || !kind || !factsOf(kind).jwt || !isKid(jws.header.kid)) return undefined;
  return {
    kind,
    form: 'jwt',
    kid: jws.header.kid,
    typ: kinds[kind].typ,
    claims,
    verify: (key) => verifyCompactJws(jws, key),
  };
}

function parseCwt(bytes: Bytes): ParsedPass | undefined {
  const sign1 = parseCoseSign1(bytes);
  const pass = sign1 && fromSign1(sign1);
  return pass && !isStamped(pass) && !pass.claims.cnf ? pass : undefined;
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
  const pass = credential && fromSign1(credential);
  if (!pass || !isStamped(pass) || stampSign1?.typ !== stampTyp) return undefined;
  const stampClaims = stampFromCbor(stampSign1.payload);
  if (!pass.claims.cnf || !stampClaims) return undefined;
  const stamp: ParsedStamp = {
    claims: stampClaims,
    holderKey: pass.claims.cnf,
    verify: (key) => verifyCoseSign1(stampSign1, key, credentialBytes),
  };
  return { ...pass, stamp };
}

const isStamped = ({ kind }: ParsedPass): boolean => factsOf(kind).freshBy === 'holder';

function fromSign1(sign1: CoseSign1): ParsedPass | undefined {
  const kind = kindOfTyp(sign1.typ);
  const kid = kind && kidText(sign1.kid);
  const claims = kind && claimsFromCbor(sign1.payload);
  if (kid === undefined || !claims) return undefined;
  const { typ } = kinds[kind];
  return { kind, form: 'cwt', kid, typ, claims, verify: (key) => verifyCoseSign1(sign1, key) };
}
