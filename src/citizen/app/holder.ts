import type { PublicJwk } from '../../core/jwk.ts';
import type { PersistedTime } from '../../core/time/clock-model.ts';
import type { Bytes } from '../../core/units.ts';
import type { ShownCode } from './answers.ts';

/** A key pair of this phone. The private half signs and can never leave the browser. */
export interface HolderKey {
  readonly privateKey: CryptoKey;
  readonly jwk: PublicJwk;
}

/** A day credential as it is kept on this phone, with the key that it is bound to. */
export interface Held extends HolderKey {
  /** Whose it is: a relative's id; `''`: of whoever is signed in. */
  readonly whose: string;
  /** The id of whoever was signed in when it came: nobody else shows it. */
  readonly owner: string;
  readonly credential: Bytes;
  readonly shown: ShownCode;
  /** The colour or the notices are others by now: it is not shown any longer. */
  readonly isChanged?: true;
}

/** What is kept on the phone, and deleted at the end of the session. */
export interface HolderStore {
  makeKey(): Promise<HolderKey>;
  list(): Promise<readonly Held[]>;
  read(whose: string): Promise<Held | undefined>;
  keep(held: Held): Promise<void>;
  drop(whose: string): Promise<void>;
  /** Everything of people. */
  clear(): Promise<void>;
  readTime(): Promise<PersistedTime | undefined>;
  keepTime(time: PersistedTime): Promise<void>;
}
