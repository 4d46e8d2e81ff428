import { CompactSign } from 'jose';
import * as v from 'valibot';
import { utf8 } from '../../core/bytes.ts';
import type { PublicJwk } from '../../core/jwk.ts';
import { openPayload, parseSealedJws, verifyCompactJws } from '../../core/jws.ts';
import { err, ok, type Result } from '../../core/result.ts';
import type { Signer } from '../../core/signer.ts';
import { es256, importPublicKey } from '../../core/suite.ts';

/** What a source signs: a batch of lines, by its own name and number. */
const claims = v.strictObject({
  source: v.pipe(v.string(), v.regex(/^[\w-]{1,32}$/)),
  /** The source's own id of this delivery: the same one again changes nothing. */
  batch: v.pipe(v.string(), v.regex(/^[\w.:-]{1,64}$/)),
  format: v.picklist(['csv', 'jsonl']),
  iat: v.pipe(v.number(), v.safeInteger()),
  text: v.string(),
});
export type FactFile = v.InferOutput<typeof claims>;

export type FactFileProblem =
  | 'malformed'
  | 'wrong-type'
  | 'bad-shape'
  | 'bad-signature'
  | 'unknown-source';

export const factTyp = 'kakou-facts+jwt';
/** Characters of a signed file: some 100,000 lines. */
export const factFileChars = 32 * 1024 * 1024;

/**
 * Opens a `kakou-facts+jwt`: signed by the key that is kept of the source its header names as `kid`.
 * Its payload is not looked at before the signature is good.
 */
export async function openFactFile(
  text: string,
  keyOf: (source: string) => Promise<PublicJwk | undefined>,
): Promise<Result<FactFile, FactFileProblem>> {
  const jws = text.length > factFileChars ? undefined : parseSealedJws(text.trim());
  if (!jws) return err('malformed');
  if (jws.header.typ !== factTyp) return err('wrong-type');
  const jwk = await keyOf(jws.header.kid);
  if (!jwk) return err('unknown-source');
  if (!(await verifyCompactJws(jws, await importPublicKey(jwk)))) return err('bad-signature');
  const parsed = v.safeParse(claims, openPayload(jws));
  if (!parsed.success || parsed.output.source !== jws.header.kid) return err('bad-shape');
  return ok(parsed.output);
}

/** What a source makes: the same claims, signed under its id. */
export const signFactFile = (file: FactFile, { key }: Pick<Signer, 'key'>): Promise<string> =>
  new CompactSign(utf8(JSON.stringify(file)))
    .setProtectedHeader({ alg: es256.alg, kid: file.source, typ: factTyp })
    .sign(key);
