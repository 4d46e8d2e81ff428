/** Why a trust file was not taken. The set in force stays as it was; a failed file loosens nothing. */
export type TrustProblem =
  | 'too-large'
  | 'not-canonical'
  | 'bad-shape'
  /** It names something in `crit` that this version does not know: protocol 10. */
  | 'app-outdated'
  | 'wrong-type'
  | 'below-threshold'
  | 'version-gap'
  | 'rolled-back'
  | 'same-version-other-bytes'
  | 'wrong-root'
  | 'expired'
  | 'dated-ahead'
  | 'lifetime'
  | 'pin-mismatch'
  | 'bad-signature'
  | 'unknown-key'
  | 'nonce-mismatch'
  | 'too-slow'
  | 'inflate'
  | 'missing';
