import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { isKid } from '../../../core/ids.ts';
import { type PublicJwk, publicJwk } from '../../../core/jwk.ts';
import { type IssuerTyp, issuerTyps } from '../../../core/trust/bundle.ts';
import { refusal, usageError } from '../../../node/command-error.ts';
import { needed, readCode, readCount, readDay } from '../../../node/command-values.ts';

export const readIssuer = (value: string | undefined): string => readCode('--issuer', value);

export function readKid(value: string | undefined): string {
  const kid = needed('--kid', value);
  if (isKid(kid)) return kid;
  throw usageError('--kid is a name of 1 to 16 characters');
}

/** The first second of that day in UTC, or `fallback` when none is given. */
export const readTime = (flag: string, value: string | undefined, fallback: number): number =>
  value === undefined ? fallback : Date.parse(`${readDay(flag, value)}T00:00:00Z`) / 1000;

/** `a,b` or the option twice: both are lists. */
export const readNames = (values: readonly string[] = []): string[] =>
  values.flatMap((value) => value.split(',')).filter((name) => name !== '');

export function readTyps(value: string | undefined): IssuerTyp[] {
  return needed('--typs', value)
    .split(',')
    .map((name) => {
      const typ = issuerTyps.find((known) => known === name);
      if (typ) return typ;
      throw usageError(`--typs are among ${issuerTyps.join(', ')}`);
    });
}

/** `--index N,N` and the lines of `--index-file FILE`. */
export function readIndices(values: readonly string[] = [], file?: string): number[] {
  const lines = file === undefined ? [] : readText('--index-file', file).split(/\r?\n/);
  const indices = [...readNames(values), ...lines.filter((line) => line.trim() !== '')].map(
    (text) => readCount('an index', text.trim(), 0, 2 ** 31),
  );
  if (indices.length > 0) return indices;
  throw usageError('--index N or --index-file FILE is needed');
}

/** A public key an issuer handed in: a JWK, alone or in `{kid, jwk}`; a private one is refused. */
export function readPublicJwk(file: string): PublicJwk {
  const shape = v.pipe(
    v.string(),
    v.parseJson(),
    v.union([
      publicJwk,
      v.pipe(
        v.object({ jwk: publicJwk }),
        v.transform(({ jwk }) => jwk),
      ),
    ]),
  );
  const parsed = v.safeParse(shape, readText('--public', file));
  if (parsed.success) return parsed.output;
  throw refusal('--public holds no public P-256 JWK of kty, crv, x and y alone');
}

function readText(flag: string, file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw refusal(`the file of ${flag} cannot be read`);
  }
}
