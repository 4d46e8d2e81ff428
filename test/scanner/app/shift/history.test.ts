import { expect, it } from 'vitest';
import type { EntryBody } from '../../../../src/core/log/entry.ts';
import { pastShifts } from '../../../../src/scanner/app/shift/history.ts';
import { unhashed } from '../../../support/entry-sequences.ts';

it('a past shift counts somebody scanned and then entered by hand once', async () => {
  const form = { type: 'manual', category: 'elder', admitted: true } as const;
  const bodies: EntryBody[] = [
    { type: 'shift-start', operator: '7' },
    { type: 'scan', method: 'camera', state: 'unknown', reason: 'not-a-pass' },
    { ...form, ref: 2 },
    form,
  ];
  const entries = unhashed(bodies);
  const log = {
    head: async () => ({ seq: 4, hash: '' }),
    read: async (from: number, count: number) =>
      entries.filter(({ seq }) => seq >= from && seq < from + count),
  };
  expect(await pastShifts(log)).toMatchObject([{ people: 2 }]);
});
