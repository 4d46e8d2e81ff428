import { emptyHead, type LogEntry } from '../../../src/core/log/entry.ts';
import { epochMillis } from '../../../src/core/units.ts';
import type { LogStore } from '../../../src/scanner/app/stores.ts';
import { type Contract, same } from './contract.ts';

/** Two tabs over one empty log. */
export interface TwoTabs {
  readonly one: LogStore;
  readonly two: LogStore;
}

export function sampleEntry(seq: number, hash = `hash-${seq}`, shift = 'shift-1'): LogEntry {
  return {
    v: 1,
    device: 'device-1',
    shift,
    seq,
    at: epochMillis(1_646_100_000_000 + seq),
    quality: 'synced',
    gate: 'gate-1',
    app: '0.0.0',
    prev: `hash-${seq - 1}`,
    hash,
    type: 'shift-end',
    scans: seq,
  };
}

const cursorAt = (seq: number, t?: number) => ({
  seq,
  head: `hash-${seq}`,
  receipt: `receipt-${seq}`,
  at: epochMillis(seq),
  ...(t !== undefined && { t }),
});

async function fill(log: LogStore, seqs: number[], shift = 'shift-1'): Promise<void> {
  for (const seq of seqs) same(await log.add(sampleEntry(seq, `hash-${seq}`, shift)), added);
}

const added = { ok: true, value: undefined };
const conflict = { ok: false, error: 'conflict' };

export const logStoreContract: Contract<TwoTabs> = {
  'an empty log stands at the genesis head and has no cursor': async ({ one }) => {
    same(await one.head(), emptyHead);
    same(await one.cursor(), undefined);
    same(await one.read(1, 10), []);
  },
  'an entry, once added, is the head in every tab': async ({ one, two }) => {
    await fill(one, [1, 2]);
    same(await two.head(), { seq: 2, hash: 'hash-2' });
    same(await two.read(1, 10), [sampleEntry(1), sampleEntry(2)]);
  },
  'other bytes at a known seq conflict and change nothing': async ({ one, two }) => {
    await fill(one, [1]);
    same(await two.add(sampleEntry(1, 'forged')), conflict);
    same(await one.read(1, 10), [sampleEntry(1)]);
  },
  'the very same entry from another tab is a conflict: two scans may look alike': async ({
    one,
    two,
  }) => {
    await fill(one, [1]);
    same(await two.add(sampleEntry(1)), conflict);
    same((await one.read(1, 10)).length, 1);
  },
  'of two tabs writing one seq at the same time exactly one wins': async ({ one, two }) => {
    const outcomes = await Promise.all([
      one.add(sampleEntry(1, 'from-one')),
      two.add(sampleEntry(1, 'from-two')),
    ]);
    same(outcomes.filter((outcome) => outcome.ok).length, 1);
    same((await one.read(1, 10)).length, 1);
  },
  'reading starts at the asked seq, ascends and stops at the limit': async ({ one }) => {
    await fill(one, [1, 2, 3, 4, 5]);
    same(
      (await one.read(2, 3)).map((entry) => entry.seq),
      [2, 3, 4],
    );
    same(await one.read(6, 3), []);
    same(await one.read(1, 0), []);
  },
  'a shift gives all its entries and no others, ascending': async ({ one }) => {
    await fill(one, [1, 2], 'early');
    await fill(one, [3, 4], 'late');
    same(
      (await one.readShift('late')).map((entry) => entry.seq),
      [3, 4],
    );
    same(await one.readShift('never'), []);
  },
  'a long shift gives all its entries and no others, though another lies between': async ({
    one,
  }) => {
    const early = Array.from({ length: 510 }, (_, i) => i + 1).filter((seq) => seq % 100 > 0);
    for (let seq = 1; seq <= 510; seq++) await fill(one, [seq], seq % 100 > 0 ? 'early' : 'late');
    same(
      (await one.readShift('early')).map((entry) => entry.seq),
      early,
    );
    same(
      (await one.readShift('late')).map((entry) => entry.seq),
      [100, 200, 300, 400, 500],
    );
  },
  'the cursor moves forward in whatever order the receipts come': async ({ one, two }) => {
    await one.setCursor(cursorAt(5));
    await two.setCursor(cursorAt(3));
    same(await one.cursor(), cursorAt(5));
    await two.setCursor(cursorAt(6));
    same(await one.cursor(), cursorAt(6));
  },
  'the cursor moves back only for a receipt signed later, and then nothing behind it is purged':
    async ({ one, two }) => {
      await fill(one, [1, 2, 3, 4]);
      await one.setCursor(cursorAt(3, 1000));
      await two.setCursor(cursorAt(1, 1000));
      same(await one.cursor(), cursorAt(3, 1000));
      await two.setCursor(cursorAt(1, 1001));
      same(await one.cursor(), cursorAt(1, 1001));
      same(await one.purge(2), false);
      await one.setCursor(cursorAt(3, 900));
      same(await one.cursor(), cursorAt(3, 900)); // more of the log is held, whatever its date
    },
  'a purge forgets the oldest entries and remembers what the next one follows': async ({
    one,
    two,
  }) => {
    await fill(one, [1, 2, 3, 4]);
    same(await one.base(), emptyHead);
    await one.setCursor(cursorAt(4));
    same(await one.purge(2), true);
    same(await two.base(), { seq: 2, hash: 'hash-2' });
    same(
      (await two.read(1, 10)).map((entry) => entry.seq),
      [3, 4],
    );
    same(
      (await one.readShift('shift-1')).map((entry) => entry.seq),
      [3, 4],
    );
    same(await one.head(), { seq: 4, hash: 'hash-4' });
  },
  'a purge beyond the receipt, of the head, or of nothing changes nothing': async ({ one }) => {
    await fill(one, [1, 2, 3]);
    same(await one.purge(1), false);
    await one.setCursor(cursorAt(1));
    same(await one.purge(2), false);
    await one.setCursor(cursorAt(3));
    same(await one.purge(3), false);
    same(await one.purge(9), false);
    same((await one.read(1, 10)).length, 3);
    same(await one.base(), emptyHead);
  },
  'a log starts over only when the hub has all of it': async ({ one, two }) => {
    await fill(one, [1, 2]);
    await one.setCursor(cursorAt(1));
    same(await one.startOver(), false);
    same((await one.read(1, 10)).length, 2);
    await one.setCursor(cursorAt(2));
    same(await one.startOver(), true);
    same(await two.head(), emptyHead);
    same(await two.cursor(), undefined);
    same(await two.startOver(), true);
  },
};
