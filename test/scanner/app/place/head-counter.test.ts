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

function counterOver(
  onDisk: LogEntry[],
  read = async (from: number, count: number) => onDisk.slice(from - 1, from - 1 + count),
) {
  const state: { heads?: { inside: number } } = {};
  const store = {
    getState: () => state,
    setState: (next: object) => Object.assign(state, next),
  } as unknown as AppStore;
  const heads = createHeadCounter({
    ...{ store, clock: { now: () => ({ at: now }) }, ahead: () => 0 },
    log: { head: async () => ({ seq: onDisk.length, hash: '' }), read },
    enrolment: () => undefined,
    receiptKeys: () => [],
  });
  return { heads, state };
}

it('counts a person once whom the log of the day has before anybody was told of the entry', async () => {
  const onDisk = [entry(1), entry(2)];
  const { heads, state } = counterOver(onDisk);
  await heads.recall();
  expect(state.heads?.inside).toBe(2);
  heads.written(entry(2)); // was on the disk already when the log was read
  expect(state.heads?.inside).toBe(2);
  heads.written(entry(3));
  expect(state.heads?.inside).toBe(3);
});

it('counts again by the next look after the disk could not be read', async () => {
  const onDisk = [entry(1), entry(2)];
  let isBroken = true;
  const { heads, state } = counterOver(onDisk, async (from, count) => {
    if (isBroken) throw new Error('disk');
    return onDisk.slice(from - 1, from - 1 + count);
  });
  await expect(heads.recall()).rejects.toThrow('disk');
  heads.written(entry(3));
  heads.look();
  await new Promise((resolve) => setTimeout(resolve));
  expect(state.heads).toBeUndefined();
  isBroken = false;
  heads.look();
  await expect.poll(() => state.heads?.inside).toBe(3);
});
