import { createHash, generateKeyPairSync, sign, verify } from 'node:crypto';
import { performance } from 'node:perf_hooks';

/** The way of a code to its card, in order; each but the first ends where the next begins. */
export const stages = ['decoded', 'verified', 'seen', 'written', 'card', 'painted'] as const;
export type Stage = (typeof stages)[number];

/** When each stage ended, in milliseconds since the page was opened. */
export type Ends = Readonly<Record<Stage, readonly number[]>>;

/** What is noted of them in the page itself; the rest is the probe's. */
export interface StageNotes {
  readonly verified: number[];
  readonly seen: number[];
  readonly written: number[];
}

declare global {
  interface Window {
    stageNotes: StageNotes;
  }
}

/**
 * Runs in the page before anything else: notes when a signature was checked and when the memory of
 * presentations and the log had committed. With `syncMs` each strict transaction says so that much
 * later, as on a phone whose disk takes so long to sync.
 */
export function stageProbe({ syncMs }: { syncMs: number }): void {
  const notes: StageNotes = { verified: [], seen: [], written: [] };
  window.stageNotes = notes;
  const note = (times: number[]) => times.push(performance.now());

  SubtleCrypto.prototype.verify = new Proxy(SubtleCrypto.prototype.verify, {
    apply(check, subtle, how) {
      const checked: Promise<boolean> = Reflect.apply(check, subtle, how);
      return checked.finally(() => note(notes.verified));
    },
  });

  function late(transaction: IDBTransaction): void {
    const listen = transaction.addEventListener.bind(transaction);
    transaction.addEventListener = (type: string, heard: unknown, options?: unknown) => {
      const tell = heard as (event: Event) => void;
      const waits = type === 'complete' && syncMs > 0;
      const told = waits ? (event: Event) => setTimeout(() => tell(event), syncMs) : tell;
      listen(type, told, options as AddEventListenerOptions);
    };
  }
  IDBDatabase.prototype.transaction = new Proxy(IDBDatabase.prototype.transaction, {
    apply(begin, database, asked) {
      const transaction: IDBTransaction = Reflect.apply(begin, database, asked);
      if (transaction.mode !== 'readwrite') return transaction;
      if (transaction.durability === 'strict') late(transaction);
      const names = [...transaction.objectStoreNames];
      if (names.includes('seen')) transaction.addEventListener('complete', () => note(notes.seen));
      if (names.includes('entries'))
        transaction.addEventListener('complete', () => note(notes.written));
      return transaction;
    },
  });
}

/** Milliseconds of each stage in the middle of all codes whose card came, from the code's first frame on. */
export function stageMedians(shown: readonly number[], ends: Ends): Partial<Record<Stage, number>> {
  const taken = new Map<Stage, number[]>();
  for (const [at, from] of shown.entries()) {
    const until = shown[at + 1] ?? Number.POSITIVE_INFINITY;
    const card = ends.card.find((time) => time >= from && time < until);
    if (card === undefined) continue;
    let before = from;
    for (const stage of stages) {
      // the last that came before the card: two signatures are one stage
      const to = stage === 'painted' ? until : card;
      const end = ends[stage].findLast((time) => time >= before && time <= to);
      if (end === undefined) continue;
      taken.set(stage, [...(taken.get(stage) ?? []), end - before]);
      before = end;
    }
  }
  return Object.fromEntries([...taken].map(([stage, ms]) => [stage, middle(ms)]));
}

function middle(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return Math.round(10 * (sorted[Math.ceil(sorted.length / 2) - 1] ?? Number.NaN)) / 10;
}

/** A fixed piece of work, so that figures of two machines can be held side by side: the best of five. */
export function machineSpeed(): { msPer1000Verifies: number; msPer64MbHashed: number } {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const data = Buffer.alloc(1 << 20, 7);
  const small = data.subarray(0, 300);
  const signature = sign('sha256', small, privateKey);
  return {
    msPer1000Verifies: best(() => {
      for (let run = 0; run < 1000; run++) verify('sha256', small, publicKey, signature);
    }),
    msPer64MbHashed: best(() => {
      for (let run = 0; run < 64; run++) createHash('sha256').update(data).digest();
    }),
  };
}

function best(work: () => void): number {
  const runs = Array.from({ length: 5 }, () => {
    const from = performance.now();
    work();
    return performance.now() - from;
  });
  return Math.round(Math.min(...runs));
}

/** The same in the page, under its throttle: milliseconds of some plain JavaScript. */
export function pageWork(): number {
  const from = performance.now();
  let mixed = 1;
  for (let step = 0; step < 20_000_000; step++) mixed = (Math.imul(mixed, 1_664_525) + step) | 0;
  return mixed === 0 ? 0 : performance.now() - from;
}
