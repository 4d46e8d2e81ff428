import type { Leader } from '../../../src/ports/world.ts';
import { type Contract, same } from './contract.ts';

function gate() {
  let open: () => void = () => undefined;
  const passed = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { passed, open };
}

export const leaderContract: Contract<Leader> = {
  'a task runs to its end before its turn is over': async (leader) => {
    let done = false;
    const led = await leader.run('sync', async () => {
      await Promise.resolve();
      done = true;
    });
    same([led, done], [true, true]);
  },
  'while one task runs, another of the same name is turned away': async (leader) => {
    const { passed, open } = gate();
    const started = gate();
    const first = leader.run('sync', () => {
      started.open();
      return passed;
    });
    await started.passed;
    let ran = false;
    const second = await leader.run('sync', async () => {
      ran = true;
    });
    open();
    same([second, ran, await first], [false, false, true]);
  },
  'a task that fails gives the lead back': async (leader) => {
    const outcome = await leader
      .run('sync', () => Promise.reject(new Error('hub down')))
      .catch((thrown: Error) => thrown.message);
    same(outcome, 'hub down');
    same(await leader.run('sync', async () => undefined), true);
  },
  'tasks of other names do not wait': async (leader) => {
    const { passed, open } = gate();
    const first = leader.run('sync', () => passed);
    same(await leader.run('purge', async () => undefined), true);
    open();
    await first;
  },
};
