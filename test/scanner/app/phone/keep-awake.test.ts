import { expect, test } from 'vitest';
import { epochMillis } from '../../../../src/core/units.ts';
import { keepAwake } from '../../../../src/scanner/app/phone/keep-awake.ts';
import { createAppStore } from '../../../../src/scanner/app/store.ts';

const shift = { id: 's', operator: '7', startedAt: epochMillis(1) };

async function told(steps: (store: ReturnType<typeof createAppStore>) => void, running = false) {
  const store = createAppStore(true, true);
  if (running) store.setState({ shift });
  const calls: boolean[] = [];
  const phone = async () => ({ keepAwake: (wanted: boolean) => void calls.push(wanted) });
  const keeping = keepAwake(store, phone);
  await Promise.resolve();
  steps(store);
  await new Promise((resolve) => setTimeout(resolve));
  return { calls, keeping, store };
}

test('the screen stays on from the start of a shift, not before, and goes on a break', async () => {
  const none = await told((store) => store.setState({ online: false }));
  expect(none.calls).toEqual([]);
  const { calls, store } = await told((store) => store.setState({ shift }));
  expect(calls).toEqual([true]);
  store.setState({ shift: { ...shift, pausedAt: epochMillis(2) } });
  await new Promise((resolve) => setTimeout(resolve));
  store.setState({ shift });
  await new Promise((resolve) => setTimeout(resolve));
  expect(calls).toEqual([true, false, true]);
});

test('a shift that runs on after a restart keeps it on too; the end of the app lets it go', async () => {
  const { calls, keeping } = await told(() => {}, true);
  expect(calls).toEqual([true]);
  keeping.stop();
  await new Promise((resolve) => setTimeout(resolve));
  expect(calls).toEqual([true, false]);
});

test('where the part cannot be loaded nothing breaks', async () => {
  const store = createAppStore(true, true);
  keepAwake(store, () => Promise.reject(new Error('offline')));
  keepAwake(store, undefined);
  store.setState({ shift });
  await new Promise((resolve) => setTimeout(resolve));
  expect(store.getState().shift).toEqual(shift);
});
