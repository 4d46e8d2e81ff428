import type { Dice } from './dice.ts';

/** Strikes at a call of a store that fits; a kill comes before or after it took effect. */
export const storeFaults = [
  'kill-at-append',
  'kill-at-receipt',
  'kill-at-purge',
  'kill-at-write',
  'quota',
  'closed-under-us',
  'disk-gone',
] as const;
/** Strikes at a request. */
export const networkFaults = [
  'lost-request',
  'lost-response',
  'duplicate',
  'reordered',
  'late-replay',
  'truncated-request',
  'flipped-request',
  'truncated-answer',
  'flipped-answer',
  'status-4xx',
  'status-413',
  'status-429',
  'status-500',
  'status-503',
  'portal',
] as const;
/** Strikes at an answer of the authority or the hub: genuine, and dated wrongly or by new keys. */
export const datedFaults = [
  'time-dated-ahead',
  'bundle-dated-ahead',
  'list-dated-ahead',
  'receipt-dated-ahead',
  'key-rotation',
] as const;
/** Strikes at once. */
export const deviceFaults = [
  'kill-now',
  'two-tabs',
  'offline-span',
  'app-update',
  'clock-back',
  'clock-ahead',
  'clock-creeps-back',
  'clock-back-while-closed',
  'clock-back-in-sleep',
  'clock-back-after-nap',
] as const;
export const hubFaults = ['kill-hub', 'hub-restored', 'fork'] as const;
export const postgresFaults = ['kill-postmaster', 'kill-backend'] as const;
/** Strikes between the gates of one site, in rounds of their own: `site/`. */
export const siteFaults = [
  'stream-cut',
  'stream-cut-in-event',
  'stream-stalls',
  'claim-lost',
  'claim-answer-lost',
  'claim-late',
  'claim-twice',
  'claim-replayed',
  'hub-killed-in-claim',
  'hub-killed-after-claim',
  'gate-offline',
  'gate-restarted',
  'count-set',
] as const;
export const sitePostgresFaults = ['postgres-killed-after-claim'] as const;
/** Not dealt but always there: one phone has no network, and old shifts are due while uploads fail. */
export const standingFaults = [
  'offline-whole-run',
  'uploads-refused-at-purge',
  'gate-clocks-apart',
] as const;

export type StoreFault = (typeof storeFaults)[number];
export type NetworkFault = (typeof networkFaults)[number];
export type DatedFault = (typeof datedFaults)[number];
export type DeviceFault = (typeof deviceFaults)[number];
export type HubFault = (typeof hubFaults)[number] | (typeof postgresFaults)[number];
export type SiteFault = (typeof siteFaults)[number] | (typeof sitePostgresFaults)[number];
export type DealtFault = StoreFault | NetworkFault | DatedFault | DeviceFault | HubFault;
export type FaultKind = DealtFault | SiteFault | (typeof standingFaults)[number];

export const isOneOf = <T extends string>(kinds: readonly T[], kind: string): kind is T =>
  kinds.some((one) => one === kind);

/** Counts what was really done to the system, kind by kind, those that never struck too. */
export class FaultCount {
  readonly counts: Map<FaultKind, number>;
  /** Milliseconds from the mend until the phone's clock was synced again, by kind. */
  readonly recoveries = new Map<FaultKind, number[]>();

  constructor(kinds: readonly FaultKind[]) {
    this.counts = new Map([...kinds, ...standingFaults].map((kind) => [kind, 0]));
  }

  done(kind: FaultKind): void {
    this.counts.set(kind, (this.counts.get(kind) ?? 0) + 1);
  }

  recovered(kind: FaultKind, ms: number): void {
    this.recoveries.set(kind, [...(this.recoveries.get(kind) ?? []), ms]);
  }

  get total(): number {
    return [...this.counts.values()].reduce((sum, n) => sum + n, 0);
  }
}

/** Every kind that can happen on a database. */
export const kindsOn = (database: 'pglite' | 'postgres'): readonly DealtFault[] => [
  ...storeFaults,
  ...networkFaults,
  ...datedFaults,
  ...deviceFaults,
  ...hubFaults,
  ...(database === 'postgres' ? postgresFaults : []),
];

export const siteKindsOn = (database: 'pglite' | 'postgres'): readonly SiteFault[] => [
  ...siteFaults,
  ...(database === 'postgres' ? sitePostgresFaults : []),
];

/** What happens to one phone, by the number of the step before which it does. */
export type FaultPlan = ReadonlyMap<number, readonly DealtFault[]>;

/**
 * Deals faults to phones and steps like cards: every kind once before any comes again. Not every one
 * finds its moment, so half as many more than wanted.
 */
export function dealFaults<Kind extends FaultKind>(
  dice: Dice,
  kinds: readonly Kind[],
  { faults, devices, steps }: { faults: number; devices: number; steps: number },
): readonly ReadonlyMap<number, readonly Kind[]>[] {
  const plans = Array.from({ length: devices }, () => new Map<number, Kind[]>());
  let deck: Kind[] = [];
  for (let n = 0; n < faults * 1.5; n++) {
    if (deck.length === 0) deck = [...kinds];
    const [kind] = deck.splice(dice.whole(deck.length), 1);
    const step = dice.whole(steps);
    const plan = plans[n % devices];
    if (kind) plan?.set(step, [...(plan.get(step) ?? []), kind]);
  }
  return plans;
}
