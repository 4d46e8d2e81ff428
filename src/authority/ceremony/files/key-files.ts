import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import type { Signer } from '../../../core/signer.ts';
import type { IssuerKey, IssuerTyp } from '../../../core/trust/bundle.ts';
import { refusal } from '../../../node/command-error.ts';
import { type NamedKey, namedKey, publicHalf, signerOf } from '../../keys.ts';
import type { KeyName } from './authority-file.ts';
import type { Output } from './folder.ts';

const issuerFile = v.strictObject({ keys: v.array(namedKey) });

/** Folders to look for private keys in: `DIR/private` and whatever the holders brought. */
export type KeyFolders = readonly string[];

const pretty = (value: object): string => `${JSON.stringify(value, null, 2)}\n`;

export const keyFile = (
  holder: string,
  content: object,
  secret: NonNullable<Output['secret']> = 'new',
): Output => ({ path: `private/${holder}.json`, content: pretty(content), secret });

/** Those of these keys whose private halves are here. A file with another key in it is refused. */
export async function signersAmong(
  folders: KeyFolders,
  keys: readonly KeyName[],
): Promise<Signer[]> {
  const signers: Signer[] = [];
  for (const key of keys) {
    const found = await readKeyFile(folders, key.kid, namedKey);
    if (!found) continue;
    if (!isSame(found, key)) throw refusal(`${key.kid}.json holds another key than ${key.kid}`);
    signers.push(await signerOf(found));
  }
  return signers;
}

/** The same, when at least `threshold` of them are needed. */
export async function enoughSigners(
  folders: KeyFolders,
  keys: readonly KeyName[],
  threshold: number,
): Promise<Signer[]> {
  const signers = await signersAmong(folders, keys);
  if (signers.length >= threshold) return signers;
  const names = keys.map(({ kid }) => kid).join(', ');
  throw refusal(`${threshold} of ${names} must sign and ${signers.length} are here; see --keys`);
}

/** The issuer's private key for `typ` whose window holds `now`. */
export async function issuerSigner(
  folders: KeyFolders,
  issuer: { readonly id: string; readonly keys: readonly IssuerKey[] },
  typ: IssuerTyp,
  now: number,
): Promise<Signer> {
  const usable = issuer.keys.filter(
    (key) => key.typs.includes(typ) && now >= key.nbf && now < key.exp,
  );
  if (usable.length === 0) {
    throw refusal(`${issuer.id} has no key for ${typ} in its window; see add-key`);
  }
  const own = await issuerKeys(folders, issuer.id);
  for (const key of usable.toReversed()) {
    const found = own.find(({ kid }) => kid === key.kid);
    if (found && isSame(found, key)) return signerOf(found);
  }
  const names = usable.map(({ kid }) => kid).join(', ');
  throw refusal(`no private key of ${issuer.id} for ${typ} is here (${names}); see --keys`);
}

/** Every private key in the issuer's file; none when there is no file. */
export async function issuerKeys(folders: KeyFolders, id: string): Promise<NamedKey[]> {
  return (await readKeyFile(folders, id, issuerFile))?.keys ?? [];
}

async function readKeyFile<T>(
  folders: KeyFolders,
  holder: string,
  shape: v.GenericSchema<unknown, T>,
): Promise<T | undefined> {
  for (const folder of folders) {
    const text = await readFile(join(folder, `${holder}.json`), 'utf8').catch(() => undefined);
    if (text === undefined) continue;
    const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), shape), text);
    if (!parsed.success) throw refusal(`${holder}.json is not a key file`);
    return parsed.output;
  }
  return undefined;
}

const isSame = (own: NamedKey, { jwk }: Pick<KeyName, 'jwk'>): boolean => {
  const { x, y } = publicHalf(own);
  return x === jwk.x && y === jwk.y;
};
