import { expect, test, vi } from 'vitest';
import { loadLater } from '../../src/ports/load-later.ts';

interface Log {
  add(entry: string): Promise<string>;
}
const names = { add: true } as const;

test('nothing is loaded before the first question, and once for all of them', async () => {
  const load = vi.fn(async () => ({ add: async (a: number, b: number) => a + b }));
  const sums = loadLater(names, load);
  expect(load).not.toHaveBeenCalled();
  expect(await Promise.all([sums.add(1, 2), sums.add(3, 4)])).toEqual([3, 7]);
  expect(load).toHaveBeenCalledOnce();
});

test('what the part throws, and a part that cannot be loaded, arrive where it was asked', async () => {
  const full = loadLater(names, async () => ({ add: () => Promise.reject(new Error('full')) }));
  await expect(full.add()).rejects.toThrow('full');
  const missing = loadLater<Log>(names, () => Promise.reject(new Error('gone')));
  await expect(missing.add('entry')).rejects.toThrow('gone');
});

test('a part that could not be loaded once is loaded with the next question', async () => {
  let tries = 0;
  const log = loadLater<Log>(names, async () => {
    if (++tries === 1) throw new Error('gone');
    return { add: async () => 'added' };
  });
  await expect(log.add('entry')).rejects.toThrow('gone');
  expect(await log.add('entry')).toBe('added');
});

test('the compiler wants every question named, and no other', () => {
  const load = async (): Promise<Log> => ({ add: async () => 'added' });
  // @ts-expect-error: `add` is not named
  loadLater<Log>({}, load);
  // @ts-expect-error: nobody answers `remove`
  loadLater<Log>({ add: true, remove: true }, load);
  expect(Object.keys(loadLater<Log>(names, load))).toEqual(['add']);
});

test('a part keeps its own this', async () => {
  class Tally {
    private sum = 0;
    async add(by: number): Promise<number> {
      this.sum += by;
      return this.sum;
    }
  }
  const tally = new Tally();
  const later = loadLater<Pick<Tally, 'add'>>(names, async () => tally);
  await later.add(1);
  expect(await later.add(1)).toBe(2);
});
