import { calculateJwkThumbprint } from 'jose';
import * as v from 'valibot';
import { isEnrolmentCode } from '../core/ids.ts';
import { publicJwk } from '../core/jwk.ts';
import { parseCompactJws, verifyCompactJws } from '../core/jws.ts';
import { err, ok, type Result } from '../core/result.ts';
import { importPublicKey } from '../core/suite.ts';

/** Bytes of a one-use enrolment code. */
export const codeBytes = 16;
/** Milliseconds a code can be used for. */
export const codeLifeMs = 10 * 60_000;
/** The same of one that is printed and carried to its gate. */
export const paperLifeMs = 24 * 3_600_000;

/**
 * What the QR says: `kakou:enrol#` and `hub`, `code`, `gate`, `venue` as in a URL's query. After
 * the `#`, so that no server is ever asked for it.
 */
export const enrolLink = (parts: Readonly<Record<'hub' | 'code' | 'gate' | 'venue', string>>) =>
  `kakou:enrol#${new URLSearchParams(parts)}`;

const claims = v.strictObject({
  code: v.pipe(v.string(), v.check(isEnrolmentCode)),
  jwk: publicJwk,
  iat: v.pipe(v.number(), v.safeInteger()),
  nonce: v.pipe(v.string(), v.minLength(1), v.maxLength(64)),
});
export type Enrolment = v.InferOutput<typeof claims>;
export type EnrolmentProblem = 'malformed' | 'wrong-type' | 'bad-shape' | 'bad-signature';

/**
 * Opens a `kakou-enrol+jwt`: signed by the very key it brings (proof of possession), whose RFC 7638
 * thumbprint is its `kid`. Whether the code is good is for the store: protocol 4.
 */
export async function openEnrolment(text: string): Promise<Result<Enrolment, EnrolmentProblem>> {
  const jws = parseCompactJws(text);
  if (!jws) return err('malformed');
  if (jws.header.typ !== 'kakou-enrol+jwt') return err('wrong-type');
  const parsed = v.safeParse(claims, jws.payload);
  if (!parsed.success) return err('bad-shape');
  const { jwk } = parsed.output;
  if ((await calculateJwkThumbprint(jwk)) !== jws.header.kid) return err('bad-shape');
  const key = await importPublicKey(jwk).catch(() => undefined);
  if (!key) return err('bad-shape');
  return (await verifyCompactJws(jws, key)) ? ok(parsed.output) : err('bad-signature');
}
