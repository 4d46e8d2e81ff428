import { expect, it } from 'vitest';
import type { LogEntry } from '../../../../src/core/log/entry.ts';
import { epochMillis } from '../../../../src/core/units.ts';
import { createHeadCounter } from '../../../../src/scanner/app/place/head-counter.ts';
import type { AppStore } from '../../../../src/scanner/app/store.ts';

const now = epochMillis(Date.UTC(2027, 0, 15, 6));
const entry = (seq: number) =>
  ({
    ...{
      seq,
      hash: `hash ${seq}`,
      at: now,
      type: 'scan',
      method: 'camera',
      state: 'pass',
      reason: 'admitted',
    },
    ...{ kind: 'live', iss: 'CN-TJ', jti: `AAECAwQFBgcICQo${seq}` },
  }) as unknown as LogEntry;

it('counts a person once whom the log of the day has before anybody was told of the entry', async () => {
  let state: { heads?: { inside: number } } = {};
  const store = {
    getState: () => state,
    setState: (next: object) => {
      state = { ...state, ...next };
    },
  } as unknown as AppStore;
  const onDisk = [entry(1), entry(2)];
  const heads = createHeadCounter({
    store,
    log: {
      head: async () => ({ seq: onDisk.length, hash: '' }),
      read: async (from, count) => onDisk.slice(from - 1, from - 1 + count),
    },
    clock: { now: () => ({ at: now }) },
    ahead: () => 0,
    enrolment: () => undefined,
    receiptKeys: () => [],
  });
  await heads.recall();
  expect(state.heads?.inside).toBe(2);
  heads.written(entry(2)); // was on the disk already when the log was read
  expect(state.heads?.inside).toBe(2);
  heads.written(entry(3));
  expect(state.heads?.inside).toBe(3);
});
