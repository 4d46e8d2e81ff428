import type { Logger } from 'pino';
import type { Authority } from '../authority/publisher.ts';
import type { Bytes } from '../core/units.ts';
import type { Sql } from '../node/database.ts';
import type { Bodies } from '../node/http/bodies.ts';
import type { ServerClock } from '../node/http/server-clock.ts';
import type { Rate } from '../node/http/token-buckets.ts';
import type { DemoFill } from './demo-fill.ts';
import type { Metrics } from './http/metrics.ts';
import type { Limited } from './http/rate-limit.ts';
import type { IssuerNames } from './live/issuer-names.ts';
import type { Live } from './live/live.ts';
import type { Sightings } from './sightings/sightings.ts';

export type HubClock = ServerClock;

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
  /** Pages of the console that are told what is new. */
  readonly live: Live;
  /** What gates of a site tell each other. */
  readonly sightings: Sightings;
  readonly issuerNames: IssuerNames;
  /** Of a demo hub alone. */
  readonly demoFill?: DemoFill;
  /** Other rates than the default ones. */
  readonly rates?: Readonly<Partial<Record<Limited, Rate>>>;
  /** Shows a line to who stands at the hub's own screen. */
  readonly tell?: (line: string) => void;
  /** The issuer whose desk lies under `/authority/` of this very address; none: no issuing side is set up. */
  readonly issuing?: string;
  /** Whom to call when the scanner does not open in a browser. */
  readonly helpLine?: string;
  /** The authority of the hub's own certificate, DER, for phones to install. */
  readonly certificate?: Bytes;
  /** A proxy in front says who asks, by `X-Forwarded-For`. Default false. */
  readonly trustProxy?: boolean;
  /** log2 of scrypt's N for passwords of the console; default 17. Tests take less. */
  readonly passwordCost?: number;
  /** Says when the clock must not date anything that is signed; without it, it always may. */
  readonly signing?: { doubt(): string | undefined };
}
