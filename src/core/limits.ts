/** Hard caps compiled into the scanner. The trust bundle may tighten them and never loosen them. */
export const limits = {
  /** Characters of a pass text; longer is refused before anything is parsed. */
  textChars: 2048,
  kidBytes: 16,
  passIdBytes: { min: 8, max: 16 },
  audienceBytes: 64,
  stateChars: 8,
  maskedNameBytes: 48,
  /** The usual mask of a resident id is 18 characters, and one of them may take three bytes. */
  maskedIdBytes: 24,
  /** A place on a poster: protocol 11. */
  placeNameBytes: 64,
  noticeCount: 8,
  noticeChars: 8,
  /** Seconds: protocol 1.2. */
  liveS: 120,
  skewS: 60,
  credentialS: 24 * 3600,
  paperS: 400 * 24 * 3600,
  bundleS: 72 * 3600,
  /** Bytes of a trust file, checked before it is parsed: protocol 3.1. */
  rootBytes: 64 * 1024,
  bundleBytes: 256 * 1024,
  listBytes: 8 * 1024 * 1024,
  /** Inflated status list: 400 million holders at 1 bit. */
  listInflatedBytes: 50 * 1024 * 1024,
  rootHops: 32,
  /** Seconds: protocol 2, status. */
  listAmberS: 24 * 3600,
  listTooOldS: 48 * 3600,
  /** Seconds in which one credential in two hands is looked for, where the venue's rule does not say. */
  passBackS: 300,
  /** Entries of one upload batch: protocol 7. */
  batchEntries: 200,
} as const;
