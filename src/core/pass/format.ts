import type { PublicJwk } from '../jwk.ts';
import type { PassForm } from '../terms.ts';
import type { IssuerTyp } from '../trust/bundle.ts';
import type { EpochSeconds } from '../units.ts';
import type { PassKind } from './kinds.ts';

/** A pass read strictly and not yet verified. `iss` and `kid` may pick the key; nothing else is used. */
export interface ParsedPass {
  readonly kind: PassKind;
  readonly form: PassForm;
  readonly kid: string;
  /** What the issuer's key must be allowed to sign. */
  readonly typ: IssuerTyp;
  readonly claims: PassClaims;
  /** Checks the issuer's signature. */
  verify(issuerKey: CryptoKey): Promise<boolean>;
  /** Credentials only: the holder's stamp and the key that must have made it. */
  readonly stamp?: ParsedStamp;
}

export interface ParsedStamp {
  readonly claims: StampClaims;
  readonly holderKey: PublicJwk;
  /** Checks the stamp over the credential's exact bytes (external_aad). */
  verify(holderKey: CryptoKey): Promise<boolean>;
}

/** The claims of a pass, whichever encoding they came in: protocol 1.1. Nothing here is believed yet. */
export interface PassClaims {
  readonly iss: string;
  readonly iat: EpochSeconds;
  readonly exp: EpochSeconds;
  readonly nbf?: EpochSeconds;
  readonly aud?: string;
  /** Pass id, base64url of 8 to 16 bytes. */
  readonly jti: string;
  /** Holder key, credentials only (RFC 8747). */
  readonly cnf?: PublicJwk;
  /** State code in the issuer's own scheme. */
  readonly st: string;
  /** Status list index. */
  readonly si: number;
  readonly nm?: string;
  readonly mi?: string;
  readonly rh: boolean;
  readonly nt: readonly string[];
}

/** What a holder's stamp says: its time and its own id (protocol 1.1). */
export interface StampClaims {
  readonly iat: EpochSeconds;
  readonly jti: string;
  /** Gate or site the holder's phone bound it to. */
  readonly aud?: string;
}
