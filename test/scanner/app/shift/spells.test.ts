import { expect, it } from 'vitest';
import { createPause } from '../../../../src/scanner/app/shift/spells.ts';

it('long work lets the page answer after every spell, and waits for nothing within one', async () => {
  let now = 0;
  let answered = 0;
  const pause = createPause(() => now);
  const page = () => setTimeout(() => answered++, 0);
  page();
  now = 19;
  await pause();
  expect(answered).toBe(0);
  now = 20;
  await pause();
  expect(answered).toBe(1);
  page();
  now = 39;
  await pause();
  expect(answered).toBe(1);
  now = 40;
  await pause();
  expect(answered).toBe(2);
});
