import type { Dice } from './dice.ts';
import { type FaultCount, isOneOf, type NetworkFault, type StoreFault } from './fault-plan.ts';

const writes = /^(add|set|put|save|purge|forget|startOver)/;
const atMethod: Partial<Record<StoreFault, string>> = {
  'kill-at-append': 'add',
  'kill-at-receipt': 'setCursor',
  'kill-at-purge': 'purge',
};

/** Faults waiting for their moment at one phone; counted when it comes. */
export class Armed {
  readonly #count: FaultCount;
  readonly #dice: Dice;
  #store: StoreFault[] = [];
  #network: { kind: NetworkFault; uploads: boolean }[] = [];

  constructor(count: FaultCount, dice: Dice) {
    this.#count = count;
    this.#dice = dice;
  }

  store(kind: StoreFault): void {
    if (!this.#store.includes(kind)) this.#store.push(kind);
  }

  /** Half of them wait for an upload of the log; the others strike any request. */
  network(kind: NetworkFault): void {
    if (this.#network.length < 8) this.#network.push({ kind, uploads: this.#dice.chance(0.5) });
  }

  /** The fault that strikes this call of a store. Reads are never full. */
  takeStore(store: string, method: string): StoreFault | undefined {
    const i = this.#store.findIndex((kind) => fits(kind, store, method));
    return this.#counted(i < 0 ? undefined : this.#store.splice(i, 1)[0]);
  }

  /** The fault that strikes this request. */
  takeNetwork(path: string): NetworkFault | undefined {
    const i = this.#network.findIndex(({ uploads }) => !uploads || path === '/v1/scans');
    return this.#counted(i < 0 ? undefined : this.#network.splice(i, 1)[0]?.kind);
  }

  heal(): void {
    this.#store = [];
    this.#network = [];
  }

  #counted<K extends StoreFault | NetworkFault>(kind: K | undefined): K | undefined {
    if (kind) this.#count.done(kind);
    return kind;
  }
}

function fits(kind: StoreFault, store: string, method: string): boolean {
  if (isOneOf(['closed-under-us', 'disk-gone'], kind)) return true;
  if (kind === 'quota') return writes.test(method);
  if (kind === 'kill-at-write') return store !== 'log' && writes.test(method);
  return store === 'log' && method === atMethod[kind];
}
