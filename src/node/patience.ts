/** How long one who uses the database waits for it, in milliseconds. */
export interface Patience {
  /** For a connection, a new one or one of the pool. */
  readonly connectMs: number;
  /** For the answer to one statement; afterwards its connection is given up. */
  readonly queryMs: number;
  /** For a whole transaction; no statement of it begins later. */
  readonly transactionMs: number;
  /** What the server itself ends first, while it can still say so. */
  readonly server?: {
    readonly statementMs: number;
    readonly lockMs: number;
    /** A hub that died in the middle holds its rows no longer. */
    readonly idleMs: number;
  };
  /** With no server that takes writes one that only reads is good enough. */
  readonly readOnly?: boolean;
}

/** A phone waits: no answer takes longer than connecting, one transaction and one more statement. */
export const serving: Patience = {
  connectMs: 3000,
  queryMs: 5000,
  transactionMs: 8000,
  server: { statementMs: 4500, lockMs: 3000, idleMs: 15_000 },
};

const hour = 3_600_000;

/** An operator waits: a migration or a rule on a large table takes minutes. Looking needs no write. */
export const operating: Patience = {
  connectMs: 10_000,
  queryMs: hour,
  transactionMs: hour,
  readOnly: true,
};
