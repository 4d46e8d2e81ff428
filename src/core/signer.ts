/** A key ready to sign, and its `kid`. */
export interface Signer {
  readonly kid: string;
  readonly key: CryptoKey;
}
