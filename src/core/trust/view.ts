import { importPublicKey } from '../suite.ts';
import { type EpochSeconds, epochSeconds } from '../units.ts';
import type { Bundle, IssuerEntry, IssuerKey, IssuerTyp } from './bundle.ts';
import type { StatusList } from './lists/status-list.ts';
import type { Root } from './root.ts';

/** The accepted trust set, ready for look-ups. Immutable; a refresh makes a new one. */
export interface TrustView {
  readonly root: Root;
  readonly bundle: Bundle;
  /** The earlier of the bundle's and the root's expiry: from then on nobody is admitted. */
  readonly exp: EpochSeconds;
  /** The bundle or a root asks for a newer app (`crit`): this one decides nothing. Protocol 10. */
  readonly outdated: boolean;
  /** Status lists by issuer id; an issuer without one here has no usable list. */
  readonly lists: ReadonlyMap<string, StatusList>;
  issuer(id: string): IssuerEntry | undefined;
  /**
   * The issuer's key by `(iss, kid)`, inside its window at `now` and allowed to sign `typ`.
   * Undefined when there is none; the imported key is kept for the life of the view.
   */
  key(id: string, kid: string, typ: IssuerTyp, now: EpochSeconds): Promise<CryptoKey> | undefined;
}

export function trustView(
  root: Root,
  bundle: Bundle,
  lists: ReadonlyMap<string, StatusList>,
): TrustView {
  const issuers = new Map(bundle.issuers.map((entry) => [entry.id, entry]));
  const imported = new Map<IssuerKey, Promise<CryptoKey>>();
  const importOnce = (key: IssuerKey): Promise<CryptoKey> => {
    const known = imported.get(key) ?? importPublicKey(key.jwk);
    imported.set(key, known);
    known.catch(() => imported.delete(key)); // a failure is tried again, not kept for the whole shift
    return known;
  };
  return {
    root,
    bundle,
    exp: epochSeconds(Math.min(bundle.exp, root.exp)),
    outdated: Boolean(bundle.outdated || root.outdated),
    lists,
    issuer: (id) => issuers.get(id),
    key(id, kid, typ, now) {
      const key = issuers.get(id)?.keys.find((entry) => entry.kid === kid);
      if (!key || now < key.nbf || now >= key.exp || !key.typs.includes(typ)) return undefined;
      return importOnce(key);
    },
  };
}
