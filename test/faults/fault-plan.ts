import type { Dice } from './dice.ts';

/** Strikes at the next call of a store, before or after it took effect. */
export const storeFaults = ['kill-before-write', 'kill-after-write', 'quota', 'closed'] as const;
/** Strikes at the next request. */
export const networkFaults = [
  'lost-request',
  'lost-response',
  'duplicate',
  'late-replay',
  'truncated-request',
  'flipped-request',
  'truncated-answer',
  'flipped-answer',
  'status-4xx',
  'status-413',
  'status-429',
  'status-5xx',
  'portal',
] as const;
/** Strikes at once. */
export const deviceFaults = [
  'kill-now',
  'two-tabs',
  'offline-span',
  'app-update',
  'clock-back',
  'clock-ahead',
  'clock-back-while-closed',
] as const;
export const hubFaults = ['kill-hub'] as const;

export type StoreFault = (typeof storeFaults)[number];
export type NetworkFault = (typeof networkFaults)[number];
export type DeviceFault = (typeof deviceFaults)[number];
export type FaultKind = StoreFault | NetworkFault | DeviceFault | (typeof hubFaults)[number];

/** Counts what was really done to the system, kind by kind. */
export class FaultCount {
  readonly counts = new Map<FaultKind, number>();

  done(kind: FaultKind): void {
    this.counts.set(kind, (this.counts.get(kind) ?? 0) + 1);
  }

  get total(): number {
    return [...this.counts.values()].reduce((sum, n) => sum + n, 0);
  }
}

/** Faults waiting for their moment at one device. */
export class Armed {
  readonly #count: FaultCount;
  #store: StoreFault | undefined;
  #network: NetworkFault[] = [];

  constructor(count: FaultCount) {
    this.#count = count;
  }

  store(kind: StoreFault): void {
    this.#store = kind;
  }

  network(kind: NetworkFault): void {
    if (this.#network.length < 4) this.#network.push(kind);
  }

  /** The fault that strikes this call of a store, counted. Reads are never full. */
  takeStore(writes: boolean): StoreFault | undefined {
    const kind = this.#store;
    if (!kind || (!writes && kind !== 'closed')) return undefined;
    this.#store = undefined;
    this.#count.done(kind);
    return kind;
  }

  /** The fault that strikes this request, counted. */
  takeNetwork(): NetworkFault | undefined {
    const kind = this.#network.shift();
    if (kind) this.#count.done(kind);
    return kind;
  }

  heal(): void {
    this.#store = undefined;
    this.#network = [];
  }
}

/** Chooses the next fault; the hub is killed less often, for it takes seconds to come back. */
export function chooseFault(dice: Dice): FaultKind {
  if (dice.chance(0.03)) return 'kill-hub';
  if (dice.chance(0.3)) return dice.pick(storeFaults);
  return dice.chance(0.7) ? dice.pick(networkFaults) : dice.pick(deviceFaults);
}
