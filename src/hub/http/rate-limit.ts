import type { Rate } from '../../node/http/token-buckets.ts';

/**
 * What one device or address may ask for. A phone with 100,000 entries waiting sends 500 batches; a
 * whole town's phones may stand behind one address.
 */
export const defaultRates = {
  /** Batches by device, counted once the signature is good: nobody spends another's allowance. */
  scans: { burst: 600, perSecond: 20 },
  /** By address. */
  time: { burst: 2000, perSecond: 200 },
  /** What phones tell of themselves, by address, and by device once the signature is good. */
  statuses: { burst: 2000, perSecond: 200 },
  status: { burst: 30, perSecond: 0.2 },
  /** Claims of gates of a site, by address, and by device once the signature is good: a queue at a metro gate. */
  claimsOf: { burst: 2000, perSecond: 500 },
  claims: { burst: 120, perSecond: 5 },
  /** Streams of sightings begun, by device: a line that is cut again and again. */
  streams: { burst: 30, perSecond: 0.5 },
  /** By address. */
  devices: { burst: 120, perSecond: 2 },
  /** Whatever the console asks, by address: a desk of several people behind one. */
  console: { burst: 600, perSecond: 30 },
  /** Passes for the issuing side's desk, by operator: one opens a session of hours. */
  deskPasses: { burst: 20, perSecond: 1 / 30 },
  /** Uploads in nobody's name or with a bad signature, by address. */
  unauthorised: { burst: 300, perSecond: 5 },
} as const satisfies Readonly<Record<string, Rate>>;
export type Limited = keyof typeof defaultRates;
