import { describe, expect, it } from 'vitest';
import { epochMillis } from '../../../../src/core/units.ts';
import {
  afterBatch,
  type BatchAnswer,
  beginUpload,
  nextBatch,
  nothingSent,
  type UploadState,
} from '../../../../src/scanner/app/sync/upload-plan.ts';

const now = epochMillis(1_646_100_000_000);
const state = (change: Partial<UploadState> = {}): UploadState => ({
  ...nothingSent,
  wholeAt: now,
  ...change,
});
const sent = { through: 40, entries: 20, tookMs: 7_000 };
const receipted = (confirmed: number, isLess = false) =>
  ({ kind: 'receipted', confirmed, isLess }) as const;

describe('an upload begins', () => {
  const hour = 3_600_000;
  it.each([
    ['after a start at the receipt', nothingSent, 10, 20, 11],
    ['after a start with the newest entry where all is receipted', nothingSent, 20, 20, 20],
    ['at the first entry of an empty hub', nothingSent, 0, 20, 1],
    ['nowhere in an empty log', nothingSent, 0, 0, 1],
    [
      'after what was answered for, though a gap holds the receipt back',
      state({ offered: 18, receipted: 10 }),
      10,
      20,
      19,
    ],
    [
      'at a receipt that came further in another tab',
      state({ offered: 10, receipted: 10 }),
      19,
      20,
      20,
    ],
    ['at a receipt that fell back in another tab', state({ offered: 18, receipted: 18 }), 5, 20, 6],
    [
      'at the receipt again after an hour',
      state({ offered: 18, receipted: 10, wholeAt: epochMillis(now - hour) }),
      10,
      20,
      11,
    ],
    [
      'at the receipt again after a clock set back',
      state({ offered: 18, receipted: 10, wholeAt: epochMillis(now + hour) }),
      10,
      20,
      11,
    ],
  ])('%s', (_, before, receipt, head, from) => {
    expect(nextBatch(beginUpload(before, { head, receipt, now })).from).toBe(from);
  });

  it('anew with what the hub found too large, and with the size the line carried', () => {
    const before = state({ ceiling: 5, size: 30, silences: 3, wentBack: true });
    const begun = beginUpload(before, { head: 9, receipt: 3, now });
    expect(begun).toMatchObject({ size: 30, silences: 0, wentBack: false });
    expect(nextBatch(begun).limit).toBe(30);
  });
});

describe('an upload goes on', () => {
  it.each<[string, UploadState, BatchAnswer, Partial<UploadState>]>([
    ['after a receipt', state(), receipted(40), { offered: 40, receipted: 40 }],
    [
      'past a gap that holds the receipt back',
      state(),
      receipted(25),
      { offered: 40, receipted: 25 },
    ],
    [
      'from what a restored hub still has',
      state({ receipted: 30 }),
      receipted(10, true),
      { offered: 10, receipted: 10, wentBack: true },
    ],
    [
      'to the end, once it went back in this upload',
      state({ receipted: 30, wentBack: true }),
      receipted(10, true),
      { offered: 40, receipted: 30 },
    ],
    [
      'past an answer about another log of this device',
      state(),
      { kind: 'fork' },
      { offered: 40, forked: true },
    ],
    [
      'and forgets a fork when the hub receipts our own log again',
      state({ forked: true }),
      receipted(40),
      { forked: false },
    ],
    [
      'with half of what the hub finds too large',
      state(),
      { kind: 'too-large' },
      { offered: 0, ceiling: 10 },
    ],
    [
      'with half of what nobody answered',
      state(),
      { kind: 'silent' },
      { offered: 0, size: 10, silences: 1 },
    ],
  ])('%s', (_, before, answer, after) => {
    const next = afterBatch(before, sent, answer);
    expect(next.problem).toBeUndefined();
    expect(next.state).toMatchObject(after);
  });
});

describe('an upload ends', () => {
  const one = { ...sent, entries: 1 };
  const failed = (problem: 'offline' | 'server' | 'refused') =>
    ({ kind: 'failed', problem }) as const;
  it.each<[string, UploadState, BatchAnswer, typeof sent, string, number]>([
    [
      'where a single entry is too large',
      state({ size: 8 }),
      { kind: 'too-large' },
      one,
      'server',
      8,
    ],
    [
      'where a single entry gets no answer',
      state({ size: 1 }),
      { kind: 'silent' },
      one,
      'offline',
      1,
    ],
    [
      'after four batches in a row without an answer',
      state({ size: 20, silences: 3 }),
      { kind: 'silent' },
      sent,
      'offline',
      10,
    ],
    ['by a refusal', state(), failed('refused'), sent, 'refused', 200],
    [
      'cut at once, the next is as large',
      state(),
      failed('offline'),
      { ...sent, tookMs: 10 },
      'offline',
      200,
    ],
    ['cut in the middle, the next is smaller', state(), failed('offline'), sent, 'offline', 10],
    ['by a hub in trouble, the next is as large', state(), failed('server'), sent, 'server', 200],
  ])('%s', (_, before, answer, batch, problem, size) => {
    const next = afterBatch(before, batch, answer);
    expect(next.problem).toBe(problem);
    expect(next.state.size).toBe(size);
  });
});

describe('the size of a batch', () => {
  it.each([
    ['doubles after a quick answer', 20, 20, 4_000, 40],
    ['stays after one in between', 20, 20, 8_000, 20],
    ['shrinks to what ten seconds carry after a slow one', 20, 20, 16_000, 12],
    ['does not grow by a quick answer to a few', 20, 3, 100, 20],
    ['never passes 200', 150, 150, 100, 200],
    ['never falls below one', 1, 1, 19_000, 1],
  ])('%s', (_, size, entries, tookMs, next) => {
    const after = afterBatch(state({ size }), { through: 40, entries, tookMs }, receipted(40));
    expect(after.state.size).toBe(next);
  });

  it('halved in silence on a slow line grows back to the full batch when the line is good again', () => {
    let now = state();
    for (const entries of [200, 100, 50])
      now = afterBatch(now, { through: 0, entries, tookMs: 20_000 }, { kind: 'silent' }).state;
    expect(now.size).toBe(25);
    for (let batch = 0; batch < 3; batch++) {
      const { size } = now;
      now = afterBatch(now, { through: 0, entries: size, tookMs: 300 }, receipted(0)).state;
    }
    expect(now).toMatchObject({ size: 200, silences: 0 });
  });
});
