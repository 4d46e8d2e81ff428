import type { Authority } from '../../authority/publisher.ts';
import type { LocalizedText } from '../../core/terms.ts';
import { type IssuerEntry, parseBundle } from '../../core/trust/bundle.ts';
import { peekSignedFile } from '../../core/trust/signed-file.ts';
import { type EpochMillis, toSeconds } from '../../core/units.ts';

/** The issuers of a bundle of the hub's own; none of one that cannot be read. */
export function issuersIn(file: Uint8Array): readonly IssuerEntry[] {
  const payload = peekSignedFile(file, file.length);
  const parsed = payload.ok ? parseBundle(payload.value) : payload;
  return parsed.ok ? parsed.value.issuers : [];
}

/** What issuers are called by the bundle in force, by id. */
export type IssuerNames = () => Promise<ReadonlyMap<string, LocalizedText>>;

/** Read anew when the bundle is another one; without a bundle that can be read nobody has a name. */
export function issuerNames(
  { bundle }: Pick<Authority, 'bundle'>,
  wall: () => EpochMillis,
): IssuerNames {
  let read: Uint8Array | undefined;
  let names: ReadonlyMap<string, LocalizedText> = new Map();
  return async () => {
    const file = await bundle(toSeconds(wall())).catch(() => undefined);
    if (!file || file === read) return names;
    names = new Map(issuersIn(file).map(({ id, name }) => [id, name]));
    read = file;
    return names;
  };
}
