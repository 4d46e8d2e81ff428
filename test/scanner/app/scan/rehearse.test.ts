import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createPresentations } from '../../../../src/scanner/app/scan/shown/presentations.ts';
import { nobodysPasses, rehearse } from '../../../../src/scanner/app/scan/shown/rehearse.ts';
import { memorySeenStore } from '../../../support/fakes/memory-seen-store.ts';
import { type OpenPhone, phoneOnShift } from '../../../support/on-shift.ts';
import { demoView } from '../../../support/passes.ts';
import type { World } from '../../../support/world.ts';

let world: World;
let phone: OpenPhone;

beforeEach(async () => {
  ({ world, phone } = await phoneOnShift());
});
afterEach(() => world.close());

const live = { kind: 'live', torch: false, torchOn: false, lenses: 1, zoom: 1 } as const;
const gate = () => {
  const { gate } = phone.state();
  if (!gate) throw new Error('enrolled nowhere');
  return gate;
};

it('goes the whole way of a pass in both forms', async () => {
  const asked = vi.fn(async () => undefined);
  const view = await demoView();
  const said = await rehearse(
    {
      trust: { view: () => view },
      presentations: createPresentations(memorySeenStore()),
      fingerprint: { of: asked, renew: asked },
      version: '0.1.0',
    },
    gate(),
  );
  // the last step's word: the demo gate takes temperatures
  expect(said.map(({ reason }) => reason)).toEqual(['temperature-needed', 'temperature-needed']);
});

it('is nobody’s: not shown, not logged, not remembered, and no time is learned', async () => {
  const claims = vi.spyOn(world.seen, 'claim');
  const before = phone.state();
  const entries = await world.log.read(1 as never, 1000);
  const clock = await world.device.time();
  phone.store.setState({ camera: live });
  await vi.waitFor(() => expect(claims).toHaveBeenCalledTimes(nobodysPasses.length), 15_000);
  for (const [, decide] of claims.mock.calls) expect(decide(new Map()).put).toEqual([]);
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(await world.log.read(1 as never, 1000)).toEqual(entries);
  expect(await world.device.time()).toEqual(clock);
  expect(phone.state()).toEqual({ ...before, camera: live });
  // once a start is enough
  phone.store.setState({ camera: { kind: 'paused' } });
  phone.store.setState({ camera: live });
  await new Promise((resolve) => setTimeout(resolve, 1500));
  expect(claims).toHaveBeenCalledTimes(nobodysPasses.length);
});

it.each(nobodysPasses)('does not make anybody’s of them good: %#', async (text) => {
  await phone.actions.present(text, 'wedge');
  expect(phone.state().card?.verdict).toMatchObject({ state: 'unknown', reason: 'unknown-key' });
});

it('costs nobody anything when it fails', async () => {
  world.seen.breakWritesWith('storage-unavailable');
  phone.store.setState({ camera: live });
  await new Promise((resolve) => setTimeout(resolve, 1500));
  world.seen.breakWritesWith(undefined);
  await phone.actions.present(await world.pass(), 'wedge');
  expect(phone.state().card?.verdict.state).toBe('pass');
  expect(phone.state().storageFault).toBeUndefined();
});

it('is left out where somebody was there first', async () => {
  const claims = vi.spyOn(world.seen, 'claim');
  await phone.actions.present(await world.pass(), 'wedge');
  phone.store.setState({ camera: live });
  await new Promise((resolve) => setTimeout(resolve, 1500));
  expect(claims).toHaveBeenCalledTimes(1);
});
