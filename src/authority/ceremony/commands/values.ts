import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { type PublicJwk, publicJwk } from '../../../core/jwk.ts';
import { type IssuerTyp, issuerTyps } from '../../../core/trust/bundle.ts';
import { refusal, UsageError } from '../refusal.ts';

/** The option, or the usage error that it is needed. */
export function needed(flag: string, value: string | undefined): string {
  if (value !== undefined && value !== '') return value;
  throw new UsageError(`${flag} is needed`);
}

export function readIssuer(value: string | undefined): string {
  const id = needed('--issuer', value);
  if (/^[A-Z]{2}(-[A-Z0-9]{1,3})?$/.test(id)) return id;
  throw new UsageError('--issuer is a code like CN-TJ');
}

export function readKid(value: string | undefined): string {
  const kid = needed('--kid', value);
  if (/^[\x21-\x7e]{1,16}$/.test(kid)) return kid;
  throw new UsageError('--kid is a name of 1 to 16 characters');
}

export function readCount(flag: string, value: string, min: number, max: number): number {
  const count = Number(value);
  if (/^\d{1,12}$/.test(value) && count >= min && count <= max) return count;
  throw new UsageError(`${flag} takes a whole number from ${min} to ${max}`);
}

/** `YYYY-MM-DD`, as written; a day that exists. */
export function readDay(flag: string, value: string): string {
  const at = new Date(`${value}T00:00:00Z`);
  const isDay = !Number.isNaN(at.getTime()) && at.toISOString().startsWith(value);
  if (/^\d{4}-\d{2}-\d{2}$/.test(value) && isDay) return value;
  throw new UsageError(`${flag} takes a day like 2027-01-31`);
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
      throw new UsageError(`--typs are among ${issuerTyps.join(', ')}`);
    });
}

/** `--index N,N` and the lines of `--index-file FILE`. */
export function readIndices(values: readonly string[] = [], file?: string): number[] {
  const lines = file === undefined ? [] : readText('--index-file', file).split(/\r?\n/);
  const indices = [...readNames(values), ...lines.filter((line) => line.trim() !== '')].map(
    (text) => readCount('an index', text.trim(), 0, 2 ** 31),
  );
  if (indices.length > 0) return indices;
  throw new UsageError('--index N or --index-file FILE is needed');
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
