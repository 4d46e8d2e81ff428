/** Makes pass texts (protocol 1). WebCrypto only: runs in a browser page as well as in Node. */
import { encode } from 'cborg';
import { CompactSign } from 'jose';
import { fromBase64url, toBase64url } from '../../base64url.ts';
import { utf8 } from '../../bytes.ts';
import { Fault } from '../../fault.ts';
import type { PublicJwk } from '../../jwk.ts';
import { limits } from '../../limits.ts';
import type { Signer } from '../../signer.ts';
import { es256 } from '../../suite.ts';
import type { PassForm } from '../../terms.ts';
import type { IssuerTyp } from '../../trust/bundle.ts';
import type { Bytes, EpochSeconds } from '../../units.ts';
import { toBase45 } from '../base45.ts';
import { isClaimText } from '../claim-text.ts';
import { integerMap, signSign1 } from '../cose-sign.ts';
import { kinds, stampTyp } from '../kinds.ts';

/** What a pass says. Signing adds nothing: the same claims give the same signed bytes. */
export interface PassClaims {
  /** ISO 3166-2 code, or `CN`. */
  readonly issuer: string;
  readonly iat: EpochSeconds;
  readonly exp: EpochSeconds;
  readonly nbf?: EpochSeconds;
  /** Gate id this pass is bound to. */
  readonly aud?: string;
  /** 8–16 random bytes, fresh for every stamp. */
  readonly jti: Bytes;
  /** State code in the issuer's scheme. */
  readonly state: string;
  readonly index: number;
  readonly maskedName?: string;
  readonly maskedId?: string;
  readonly relativeHeld?: boolean;
  readonly notices?: readonly string[];
}

/** A live pass, `kp`. */
export const mintLive = (claims: PassClaims, signer: Signer, form: PassForm): Promise<string> =>
  mint(kinds.live.typ, claims, signer, form);

/** A paper pass, `kd`. */
export const mintPaper = (claims: PassClaims, signer: Signer, form: PassForm): Promise<string> =>
  mint(kinds.paper.typ, claims, signer, form);

/** A day credential, `kc`, for the holder's key (`cnf`, RFC 8747): bytes for `mintStamp`, no text yet. */
export function mintCredential(
  claims: PassClaims,
  holder: PublicJwk,
  signer: Signer,
): Promise<Bytes> {
  return signSign1(
    kinds.credential.typ,
    cwtClaims(claims).set(8, new Map([[1, coseKey(holder)]])),
    signer,
  );
}

/** What the holder's phone shows: the credential and a fresh stamp that fits no other, `KK2:`. */
export async function mintStamp(
  credential: Bytes,
  { iat, jti, aud }: Pick<PassClaims, 'iat' | 'jti' | 'aud'>,
  holder: Signer,
): Promise<string> {
  const stamp = await signSign1(
    stampTyp,
    integerMap({ 3: aud, 6: iat, 7: jti }),
    holder,
    credential,
  );
  return `KK2:${toBase45(encode([credential, stamp]))}`;
}

async function mint(typ: IssuerTyp, claims: PassClaims, signer: Signer, form: PassForm) {
  if (form === 'cwt') return `KK1:${toBase45(await signSign1(typ, cwtClaims(claims), signer))}`;
  return new CompactSign(utf8(JSON.stringify(jwtClaims(claims))))
    .setProtectedHeader({ alg: es256.alg, kid: signer.kid, typ: `${typ}+jwt` })
    .sign(signer.key);
}

function cwtClaims(claims: PassClaims): Map<number, unknown> {
  checkTexts(claims);
  const health = {
    1: claims.state,
    2: claims.index,
    3: claims.maskedName,
    4: claims.maskedId,
    5: claims.relativeHeld || undefined,
    6: claims.notices,
  };
  return integerMap({
    1: claims.issuer,
    3: claims.aud,
    4: claims.exp,
    5: claims.nbf,
    6: claims.iat,
    7: claims.jti,
    [-70001]: integerMap(health),
  });
}

function jwtClaims(claims: PassClaims): object {
  checkTexts(claims);
  const { issuer: iss, iat, exp, nbf, aud, jti } = claims;
  const hc = {
    st: claims.state,
    si: claims.index,
    nm: claims.maskedName,
    mi: claims.maskedId,
    rh: claims.relativeHeld || undefined,
    nt: claims.notices,
  };
  return { iss, iat, exp, nbf, aud, jti: toBase64url(jti), hc };
}

/** Nothing is signed that every scanner would refuse as malformed. */
function checkTexts(claims: PassClaims): void {
  const texts: [string | undefined, number][] = [
    [claims.aud, limits.audienceBytes],
    [claims.state, 4 * limits.stateChars],
    [claims.maskedName, limits.maskedNameBytes],
    [claims.maskedId, limits.maskedIdBytes],
    ...(claims.notices ?? []).map((code): [string, number] => [code, 4 * limits.noticeChars]),
  ];
  if (texts.every(([text, max]) => text === undefined || isClaimText(text, max))) return;
  throw new Fault('config-invalid', 'a text of the pass is too long or not all to be seen');
}

/** COSE_Key, EC2 P-256 (RFC 9053 section 7.1.1). */
function coseKey({ x, y }: PublicJwk): Map<number, unknown> {
  return integerMap({ 1: 2, [-1]: 1, [-2]: fromBase64url(x), [-3]: fromBase64url(y) });
}
