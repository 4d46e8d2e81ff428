import { describe, expect, it } from 'vitest';
import { placeOf } from '../../../src/citizen/app/place/place-state.ts';
import { citizenWorld } from '../../support/citizen-world.ts';

/** A day credential of whoever is signed in lies on the phone. */
async function withCredential(over: Parameters<typeof citizenWorld>[0] = {}) {
  const world = await citizenWorld(over);
  await world.citizen.start();
  world.citizen.code.show();
  await expect.poll(() => world.code().kept.length).toBe(1);
  world.citizen.code.hide();
  return world;
}

describe('a session', () => {
  it('ends by signing out, and nothing of anybody is left', async () => {
    const world = await withCredential();
    await world.citizen.session.signOut();
    expect(world.session()).toEqual({ phase: 'signed-out' });
    await expect.poll(async () => (await world.holder.list()).length).toBe(0);
    expect(world.code().kept).toEqual([]);
    expect(world.isOwed()).toBe(false);
  });

  it('signed out without a network deletes at once, and tells the server when it can', async () => {
    const world = await withCredential();
    world.service.refusal = { code: 'offline' };
    await world.citizen.session.signOut();
    await expect.poll(async () => (await world.holder.list()).length).toBe(0);
    expect(world.isOwed()).toBe(true);
    await world.citizen.session.refresh();
    expect(world.session().phase).toBe('signed-out');
    delete world.service.refusal;
    world.service.asked.length = 0;
    await world.citizen.session.refresh();
    expect(world.service.asked[0]).toBe('DELETE /session');
    expect(world.isOwed()).toBe(false);
  });

  it('a sign-out that is owed does not end the session that follows', async () => {
    const world = await withCredential();
    world.service.refusal = { code: 'offline' };
    await world.citizen.session.signOut();
    delete world.service.refusal;
    world.service.asked.length = 0;
    await world.citizen.session.signIn();
    expect(world.service.asked).toEqual(['DELETE /session']);
    expect(world.isOwed()).toBe(false);
    expect(world.left).toEqual(['/authority/sign-in']);
  });

  it('that the server has ended leaves nothing either', async () => {
    const world = await withCredential();
    world.service.refusal = { code: 'sign-in-needed' };
    await world.citizen.session.refresh();
    expect(world.session().phase).toBe('signed-out');
    await expect.poll(async () => (await world.holder.list()).length).toBe(0);
  });

  it('of somebody else on the same phone finds no code of the one before', async () => {
    const { database, service } = await withCredential();
    service.id = 'somebody-else';
    const world = await citizenWorld({ database, service });
    await world.citizen.start();
    expect(world.session().phase).toBe('signed-in');
    expect(await world.holder.list()).toEqual([]);
  });

  it('a credential that comes after signing out is not kept', async () => {
    const world = await citizenWorld();
    await world.citizen.start();
    world.service.slowMs = 60;
    world.citizen.code.show();
    await expect.poll(() => world.service.asked.includes('POST /codes/day')).toBe(true);
    await world.citizen.session.signOut();
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(await world.holder.list()).toEqual([]);
  });

  it('that cannot be reached at the start says so, where nothing is kept', async () => {
    const world = await citizenWorld();
    world.service.refusal = { code: 'offline' };
    await world.citizen.start();
    expect(world.session()).toEqual({ phase: 'unreached', refusal: { code: 'offline' } });
  });

  it.each(['failed', 'unavailable'] as const)('the way in that was %s is told', async (how) => {
    const world = await citizenWorld({ hash: `#sign-in-${how}` });
    world.service.refusal = { code: 'sign-in-needed' };
    await world.citizen.start();
    expect(world.session()).toEqual({ phase: 'signed-out', signIn: how });
  });
});

describe('a place', () => {
  it.each([
    ['#record/ab-c_1', { page: 'record', of: 'ab-c_1' }],
    ['#settings', { page: 'settings' }],
    ['', { page: 'code' }],
    ['#sign-in-failed', { page: 'code' }],
    ['#nowhere', { page: 'code' }],
    ['#record/%zz', { page: 'record' }],
  ])('%s', (hash, place) => {
    expect(placeOf(hash)).toEqual(place);
  });
});
