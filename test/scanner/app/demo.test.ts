import { afterEach, expect, it } from 'vitest';
import { keyMarks } from '../../../src/core/trust/demo-keys.ts';
import { demoKeys } from '../../../src/demo/demo-keys.ts';
import { createWorld, type World } from '../../support/world.ts';

let world: World;
afterEach(() => world.close());

it('an app not built on the demo root says DEMO from the moment it meets demo keys, and after a restart', async () => {
  world = await createWorld();
  const marks = { demo: false, demoKeys: keyMarks(demoKeys()) };
  const phone = await world.open(marks);
  expect(phone.state().demo).toBe(false);
  await phone.actions.enrolDemo();
  await phone.actions.syncNow();
  expect(phone.state()).toMatchObject({ demo: true, trust: { bundle: expect.any(Number) } });
  world.remote.setOnline(false);
  expect((await world.open(marks)).state().demo).toBe(true);
});

it('an app that meets none of them says nothing', async () => {
  world = await createWorld();
  const phone = await world.open({ demo: false, demoKeys: ['AAAAAAAAAAAA'] });
  await phone.actions.enrolDemo();
  await phone.actions.syncNow();
  expect(phone.state()).toMatchObject({ demo: false, trust: { bundle: expect.any(Number) } });
});
