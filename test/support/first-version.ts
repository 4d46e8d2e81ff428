import type { PublicJwk } from '../../src/core/jwk.ts';
import type { LogEntry } from '../../src/core/log/entry.ts';
import type { ListFiles } from '../../src/core/trust/lists/lists.ts';

/** `test/fixtures/first-version.json`: made once, by the code of commit 7301a38, with one entry of each type. */
export interface FirstVersion {
  readonly device: string;
  readonly jwk: PublicJwk;
  /** A signed upload of all entries, and a signed export of the shift. */
  readonly batch: string;
  readonly export: string;
  readonly entries: readonly LogEntry[];
  /** Signed at `at`, epoch seconds, by the demo keys. */
  readonly trust: {
    readonly at: number;
    readonly bundle: string;
    readonly lists: Record<string, ListFiles>;
  };
  readonly passes: { readonly live: readonly string[]; readonly paper: readonly string[] };
}
