import type { Logger } from 'pino';
import type { Bytes } from '../core/units.ts';
import type { Sql } from '../node/database.ts';
import type { ServerClock } from '../node/http/server-clock.ts';
import type { ColumnCipher } from './privacy/column-cipher.ts';

/** What everything of the issuing side works with. */
export interface Issuing {
  readonly sql: Sql;
  readonly cipher: ColumnCipher;
  readonly clock: ServerClock;
  /** Cryptographically strong random bytes. */
  readonly random: (length: number) => Bytes;
  readonly log: Pick<Logger, 'info' | 'warn' | 'error'>;
}
