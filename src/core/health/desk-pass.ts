/** The hub's word on one of its operators, with which they begin a session at the issuing side. */
import { CompactSign } from 'jose';
import * as v from 'valibot';
import { utf8 } from '../bytes.ts';
import { roles } from '../console/roles.ts';
import { isIssuerId } from '../ids.ts';
import type { PublicJwk } from '../jwk.ts';
import { parseCompactJws, verifyCompactJws } from '../jws.ts';
import type { Signer } from '../signer.ts';
import { es256, importPublicKey } from '../suite.ts';
import type { EpochSeconds } from '../units.ts';

/** Seconds a pass is good for: it is carried from one page to the next, once. */
export const deskPassS = 60;
const skewS = 30;

const claims = v.strictObject({
  operator: v.pipe(v.string(), v.minLength(1), v.maxLength(64)),
  name: v.pipe(v.string(), v.minLength(1), v.maxLength(200)),
  role: v.picklist(roles),
  /** The issuer whose desk it is for. */
  aud: v.pipe(v.string(), v.check(isIssuerId)),
  jti: v.pipe(v.string(), v.regex(/^[\w-]{16,43}$/)),
  iat: v.pipe(v.number(), v.safeInteger()),
  exp: v.pipe(v.number(), v.safeInteger()),
});
export type DeskPass = v.InferOutput<typeof claims>;

const typ = 'kakou-desk+jwt';

/** Signed by a receipt key of the hub's, which the bundle names. */
export const signDeskPass = (pass: DeskPass, { kid, key }: Signer): Promise<string> =>
  new CompactSign(utf8(JSON.stringify(pass)))
    .setProtectedHeader({ alg: es256.alg, kid, typ })
    .sign(key);

/** Opens it by the hub keys of the bundle; undefined unless it is good now, here. Once is for the caller. */
export async function openDeskPass(
  text: string,
  { keys, aud, now }: { keys: readonly PublicJwk[]; aud: string; now: EpochSeconds },
): Promise<DeskPass | undefined> {
  const jws = text.length > 2048 ? undefined : parseCompactJws(text);
  if (jws?.header.typ !== typ) return undefined;
  const parsed = v.safeParse(claims, jws.payload);
  if (!parsed.success || parsed.output.aud !== aud) return undefined;
  const { iat, exp } = parsed.output;
  if (exp - iat > deskPassS || iat > now + skewS || exp <= now - skewS) return undefined;
  for (const jwk of keys) {
    const key = await importPublicKey(jwk).catch(() => undefined);
    if (key && (await verifyCompactJws(jws, key))) return parsed.output;
  }
  return undefined;
}
