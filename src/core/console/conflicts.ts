/** What the hub answers to the console of codes shown twice: protocol 14. Times are epoch milliseconds. */

/** One of the two times; of a gate the reader may not see only `at` is told, the rest is empty. */
export interface ShownCode {
  readonly at: number;
  readonly device: string;
  readonly seq: number;
  readonly gate: string;
  /** As it ended. */
  readonly state: string | null;
  readonly outcome: string | null;
}

/** One code shown to two phones within five minutes. */
export interface Conflict {
  readonly earlier: ShownCode;
  readonly later: ShownCode;
  /** Both let somebody in with it. */
  readonly bothIn: boolean;
  /** What the next page begins after. */
  readonly key: { readonly at: number; readonly device: string; readonly seq: number };
}

export interface ConflictList {
  readonly conflicts: readonly Conflict[];
  /** Names of the gates, by id. */
  readonly names: Readonly<Record<string, string>>;
  readonly after?: Conflict['key'];
}
