import type { Logger } from 'pino';
import type { Authority } from '../authority/publisher.ts';
import type { Bytes, EpochMillis, MonotonicMillis } from '../core/units.ts';
import type { Sql } from '../node/database.ts';
import type { Bodies } from './bodies.ts';
import type { Metrics } from './http/metrics.ts';
import type { Limited, Rate } from './http/rate-limit.ts';

/** The server's own clocks. */
export interface HubClock {
  wall(): EpochMillis;
  monotonic(): MonotonicMillis;
}

/** What every route may use. */
export interface Hub {
  readonly authority: Authority;
  readonly sql: Sql;
  readonly clock: HubClock;
  /** Cryptographically strong random bytes. */
  readonly random: (length: number) => Bytes;
  readonly log: Pick<Logger, 'info' | 'warn' | 'error'>;
  readonly metrics: Metrics;
  /** Room for request bodies. */
  readonly bodies: Bodies;
  /** Other rates than the default ones. */
  readonly rates?: Readonly<Partial<Record<Limited, Rate>>>;
  /** Shows a line to who stands at the hub's own screen. */
  readonly tell?: (line: string) => void;
  /** Whom to call when the scanner does not open in a browser. */
  readonly helpLine?: string;
  /** A proxy in front says who asks, by `X-Forwarded-For`. Default false. */
  readonly trustProxy?: boolean;
  /** Says when the clock must not date anything that is signed; without it, it always may. */
  readonly signing?: { doubt(): string | undefined };
}
