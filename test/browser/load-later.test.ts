import { expect, test, vi } from 'vitest';
import { latePort } from '../../src/browser/load-later.ts';

test('nothing is loaded before the first question, and once for all of them', async () => {
  const load = vi.fn(async () => ({ add: async (a: number, b: number) => a + b }));
  const port = latePort(load);
  expect(load).not.toHaveBeenCalled();
  expect(await Promise.all([port.add(1, 2), port.add(3, 4)])).toEqual([3, 7]);
  expect(load).toHaveBeenCalledOnce();
});

test('what the port throws, and a part that cannot be loaded, arrive where it was asked', async () => {
  const port = latePort(async () => ({ add: () => Promise.reject(new Error('full')) }));
  await expect(port.add()).rejects.toThrow('full');
  const missing = latePort<{ add(): Promise<void> }>(() => Promise.reject(new Error('gone')));
  await expect(missing.add()).rejects.toThrow('gone');
});

test('a part that could not be loaded once is loaded with the next question', async () => {
  let tries = 0;
  const port = latePort(async () => {
    if (++tries === 1) throw new Error('gone');
    return { add: async () => 'added' };
  });
  await expect(port.add()).rejects.toThrow('gone');
  expect(await port.add()).toBe('added');
});
