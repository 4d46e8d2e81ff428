/** What gates of one site must never do; every number must be 0. */
export const nothingWrong = {
  /** Codes let in at two gates that both had the hub's word before their cards. */
  passedAtBoth: 0,
  /** Codes let in nowhere though every gate had the hub's word. */
  passedNowhere: 0,
  /** Codes let in at two gates of which a phone was not told afterwards. */
  twiceUntold: 0,
  /** The same at the hub. */
  twiceUnknown: 0,
  /** Codes let in at a gate of which another one that was online had not heard after a reckoning. */
  sightingsLost: 0,
  /** Head counts, at a phone or at the hub, that are not the recount of the logs. */
  headsWrong: 0,
};
export type SiteWrong = { -readonly [kind in keyof typeof nothingWrong]: number };
