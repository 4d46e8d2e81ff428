import { expect, it } from 'vitest';
import { createSeenCache } from '../../src/app/seen-cache.ts';
import { epochMillis } from '../../src/core/units.ts';
import { memorySeenStore } from '../support/fakes/memory-seen-store.ts';

const at = (n: number) => epochMillis(1_780_000_000_000 + n);
const sighting = (n: number) =>
  ({ gate: 'g', at: at(n), verdict: { state: 'pass', reason: 'admitted' } }) as const;

it('a code let in long ago is known from the disk, while memory holds only the newest', async () => {
  const disk = memorySeenStore();
  const cache = await createSeenCache(disk, at(0));
  for (let n = 0; n < 1000; n++) await cache.put([`CN-TJ ${n}`], sighting(n));
  expect(cache.find('CN-TJ 999')).toEqual(sighting(999));
  expect(cache.find('CN-TJ 0')).toBeUndefined();
  expect(await cache.learn(['CN-TJ 0'])).toBe(true);
  expect(cache.find('CN-TJ 0')).toEqual(sighting(0));
  const restarted = await createSeenCache(disk, at(1000));
  const held = Array.from({ length: 1000 }, (_, n) => restarted.find(`CN-TJ ${n}`));
  expect(held.filter(Boolean)).toHaveLength(256);
  expect(await restarted.learn(['CN-TJ 1', 'CN-TJ never'])).toBe(true);
  expect(await restarted.learn(['CN-TJ never'])).toBe(false);
});

it('the first sighting of a code is the one that counts', async () => {
  const cache = await createSeenCache(memorySeenStore(), at(0));
  await cache.put(['CN-TJ a'], sighting(1));
  await cache.put(['CN-TJ a'], sighting(2));
  expect(cache.find('CN-TJ a')).toEqual(sighting(1));
});
