/** A visit 到访 as a citizen's phone tells it to the issuing side: protocol 11. */
export interface Visit {
  /** Drawn by the phone, so that the same visit sent twice is one. */
  readonly id: string;
  /** The venue code as it stood after the `#` of its link. */
  readonly code: string;
  /** Epoch seconds of the entry, by the server's time as the phone knew it. */
  readonly at: number;
  /** Relatives who came in with them, by id. */
  readonly relatives: readonly string[];
}

export const visitLimits = {
  /** Days visits are kept and shown; an older one is not taken any more. */
  keptS: 21 * 86_400,
  /** Seconds that a phone's time may be ahead. */
  aheadS: 300,
  /** Visits in one question. */
  batch: 50,
  relatives: 3,
} as const;

/** Why a visit was not taken. It never will be: the phone need not send it again. */
export const visitRefusals = [
  'bad-code',
  'not-valid-then',
  'from-the-future',
  'too-old',
  'taken',
] as const;
export type VisitRefusal = (typeof visitRefusals)[number];

/** What became of one visit. `duplicate`: it was there already. */
export interface VisitAnswer {
  readonly id: string;
  readonly outcome: 'stored' | 'duplicate' | 'refused';
  readonly why?: VisitRefusal;
  /** Relatives it was not written down for: they are none of this person's now. */
  readonly notYours?: readonly string[];
}
