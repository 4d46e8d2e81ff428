import { join } from 'node:path';
import { isObject, type JsonObject } from '../../core/json.ts';
import { limits } from '../../core/limits.ts';
import type { Signer } from '../../core/signer.ts';
import type { Bundle, IssuerEntry, IssuerTyp } from '../../core/trust/bundle.ts';
import { parseBundle } from '../../core/trust/bundle.ts';
import { peekSignedFile } from '../../core/trust/signed-file.ts';
import type { Bytes, EpochSeconds } from '../../core/units.ts';
import { freshFiles } from '../../node/store/fresh-file.ts';
import { type NamedKey, publicHalf, signerOf } from '../keys.ts';
import { hostFolder } from '../trust-folder.ts';

/** The published bundle, opened, and as it stands there with all its members. */
export interface PublishedBundle {
  readonly bytes: Bytes;
  readonly bundle: Bundle;
  readonly payload: JsonObject;
}

/**
 * The issuer this service speaks for, as phones know it: by the bundle that is published. Read anew
 * whenever it is asked, so that a scheme that is retired or a key that ends stops at once.
 */
export interface Seat {
  readonly id: string;
  published(): PublishedBundle | undefined;
  /** A published trust file by its parts below `v1`; the same bytes as long as it is the same file. */
  file(...path: string[]): Bytes | undefined;
  issuer(): IssuerEntry | undefined;
  /** The key for this `typ` that phones take now; undefined where there is none, or the issuer is not active. */
  signer(typ: IssuerTyp, now: EpochSeconds): Promise<Signer | undefined>;
}

/** Keys of the ceremony: a file here, and whatever else can sign under a `kid` later. */
export function openSeat(folder: string, id: string, keys: readonly NamedKey[]): Seat {
  const signers = new Map<string, Promise<Signer>>();
  const read = freshFiles();
  const host = hostFolder(folder);
  let kept: PublishedBundle | undefined;

  function published(): PublishedBundle | undefined {
    const bytes = read(join(host, 'bundle'));
    // one that is being replaced leaves the one before
    if (!bytes || kept?.bytes === bytes) return kept;
    const payload = peekSignedFile(bytes, limits.bundleBytes);
    const bundle = payload.ok ? parseBundle(payload.value) : payload;
    if (payload.ok && bundle.ok && isObject(payload.value))
      kept = { bytes, bundle: bundle.value, payload: payload.value };
    return kept;
  }

  const issuer = () => published()?.bundle.issuers.find((one) => one.id === id);

  return {
    id,
    published,
    file: (...path) => read(join(host, ...path)),
    issuer,
    async signer(typ, now) {
      const entry = issuer();
      if (entry?.state !== 'active') return undefined;
      const usable = entry.keys.filter(
        (key) => key.typs.includes(typ) && key.nbf <= now && now < key.exp,
      );
      for (const { kid, jwk } of usable.toReversed()) {
        const own = keys.find((key) => key.kid === kid && publicHalf(key).x === jwk.x);
        if (!own) continue;
        const signer = signers.get(kid) ?? signerOf(own);
        signers.set(kid, signer);
        return signer;
      }
      return undefined;
    },
  };
}
