import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { citizenWorld, until } from '../../support/citizen-world.ts';

const hour = 3_600_000;
const offline = { code: 'offline' } as const;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});
afterEach(() => {
  vi.useRealTimers();
});

async function shown(over: Parameters<typeof citizenWorld>[0] = {}) {
  const world = await citizenWorld(over);
  await world.citizen.start();
  world.citizen.code.show();
  await until(() => world.code().kept.length > 0);
  return world;
}
const kindOf = ({ code }: Awaited<ReturnType<typeof shown>>) => code().drawn?.kind;
const lives = ({ service }: Awaited<ReturnType<typeof shown>>) =>
  service.asked.filter((one) => one.endsWith('/codes/live')).length;

describe('a code with a network', () => {
  it('is made anew each 15 s while it is shown, and taken off when it is not', async () => {
    const world = await shown();
    await until(() => kindOf(world) === 'live');
    expect(kindOf(world)).toBe('live');
    const first = world.code().drawn?.text;
    await world.pass(14_000);
    expect(world.code().drawn?.text).toBe(first);
    await world.pass(2000);
    expect(world.code().drawn?.text).not.toBe(first);
    expect(world.isAwake()).toBe(true);
    world.citizen.code.hide();
    expect(world.isAwake()).toBe(false);
    expect(world.code().drawn).toBeUndefined();
    const asked = lives(world);
    await world.pass(60_000);
    expect(lives(world)).toBe(asked);
    world.citizen.code.show();
    await world.settle();
    await until(() => kindOf(world) === 'live');
    expect(kindOf(world)).toBe('live');
  });

  it('asks for a day credential beside, once, and again when half of its life is over', async () => {
    const world = await shown();
    await world.settle();
    expect(world.code().kept).toMatchObject([{ whose: '' }]);
    const days = () => world.service.asked.filter((one) => one.endsWith('/codes/day')).length;
    await world.pass(60_000);
    expect(days()).toBe(1);
    world.phone.sleep(13 * hour);
    world.service.aheadMs += 13 * hour;
    await world.pass(16_000);
    expect(days()).toBe(2);
  });

  it('honours Retry-After, and shows the phone’s own code until then', async () => {
    const world = await shown();
    world.service.refusals['/codes/live'] = { code: 'too-many', waitS: 60 };
    await world.pass(16_000);
    const asked = lives(world);
    await until(() => kindOf(world) === 'day');
    expect(kindOf(world)).toBe('day');
    await world.pass(55_000);
    expect(lives(world)).toBe(asked);
    world.service.refusals = {};
    await world.pass(15_000);
    expect(lives(world)).toBe(asked + 1);
    await until(() => kindOf(world) === 'live');
    expect(kindOf(world)).toBe('live');
  });

  it('on a slow line the phone’s own stands in, and the live one comes when it comes', async () => {
    const world = await shown();
    await world.settle();
    world.citizen.code.hide();
    world.service.slowMs = 8000;
    world.citizen.code.show();
    await world.pass(5000);
    await until(() => kindOf(world) === 'day');
    expect(kindOf(world)).toBe('day');
    await world.pass(4000);
    await until(() => kindOf(world) === 'live');
    expect(kindOf(world)).toBe('live');
  });

  it.each(['declare-first', 'issuer-closed', 'state-unknown'])(
    'with %s there is no code, and the phone makes none either',
    async (code) => {
      const world = await shown();
      await world.settle();
      world.service.refusals['/codes/live'] = { code };
      await world.pass(16_000);
      expect(world.code().drawn).toBeUndefined();
      expect(world.code().refusal).toEqual({ code });
      expect(world.code().kept).toEqual([]);
      world.service.refusal = offline;
      await world.pass(16_000);
      expect(world.code().drawn).toBeUndefined();
    },
  );
});

it('a change of colour has the reasons asked for anew', async () => {
  const world = await shown();
  expect(world.session().self?.state).toBe('g');
  world.service.state = 'r';
  await world.pass(16_000);
  expect(world.session().self?.state).toBe('r');
});

describe('a code without a network', () => {
  it('is stamped by the phone each 15 s, with the server’s time on a phone that is hours off', async () => {
    const service = {
      ...{ aheadMs: 3 * hour, refusals: {}, state: 'g', id: 'me', relatives: [] },
      ...{ slowMs: 0, asked: [], visits: [], notYours: [], sent: [] },
    };
    const world = await shown({ service });
    await world.settle();
    world.service.refusal = offline;
    await world.pass(16_000);
    await until(() => kindOf(world) === 'day');
    expect(kindOf(world)).toBe('day');
    const first = world.code().drawn;
    expect(Math.abs((first?.iat ?? 0) * 1000 - world.serverNow())).toBeLessThan(3000);
    await world.pass(16_000);
    expect(world.code().drawn?.iat).toBeGreaterThan(first?.iat ?? 0);
  });

  it('starts cold, and says who can be shown', async () => {
    const first = await shown();
    await first.settle();
    const { database, service } = first;
    service.refusal = offline;
    const world = await shown({ database, service });
    expect(world.session().phase).toBe('offline');
    await world.pass(1000);
    await until(() => kindOf(world) === 'day');
    expect(kindOf(world)).toBe('day');
    expect(world.code().kept).toMatchObject([{ whose: '', name: '张*三' }]);
  });

  it('is none after a day, and none with a clock that was set back', async () => {
    const world = await shown();
    await world.settle();
    world.service.refusal = offline;
    world.phone.setWall(world.phone.wall() - hour);
    await world.pass(76_000);
    await until(() => kindOf(world) === 'live');
    expect(kindOf(world)).toBe('live'); // the last one, which is over: it shows as such
    await until(() => world.code().dayProblem === 'clock');
    expect(world.code().dayProblem).toBe('clock');
    const other = await shown();
    await other.settle();
    other.service.refusal = offline;
    other.phone.sleep(25 * hour);
    await other.pass(16_000);
    await until(() => other.code().dayProblem === 'over');
    expect(other.code().dayProblem).toBe('over');
  });

  it('of before a change of colour is void from the moment the phone hears of it', async () => {
    const world = await shown();
    await world.settle();
    world.service.state = 'o';
    world.service.refusals['/codes/day'] = { code: 'too-many', waitS: 3600 };
    await world.pass(16_000);
    await until(async () => (await world.holder.list()).some(({ isChanged }) => isChanged));
    world.service.refusal = offline;
    world.citizen.code.hide();
    world.citizen.code.show();
    await world.pass(6000);
    expect(world.code().drawn).toBeUndefined();
    await until(() => world.code().dayProblem === 'changed');
    expect(world.code().dayProblem).toBe('changed');
  });
});

describe('relatives', () => {
  const child = { id: 'kid', kind: 'child', addedAt: 1, name: '李*花', number: '12…08' } as const;

  it('are picked, kept for offline when shown, and gone with the right to show them', async () => {
    const world = await citizenWorld();
    world.service.relatives = [child];
    await world.citizen.start();
    world.citizen.code.show();
    world.citizen.code.pick('kid');
    await until(() => world.code().kept.some(({ whose }) => whose === 'kid'));
    expect(world.code().whose).toBe('kid');
    expect(world.code().kept.map(({ whose }) => whose)).toContain('kid');
    world.service.relatives = [];
    await world.citizen.relatives.refresh();
    await until(async () => !(await world.holder.list()).some(({ whose }) => whose === 'kid'));
    expect(world.code().whose).toBe('');
    expect((await world.holder.list()).map(({ whose }) => whose)).not.toContain('kid');
  });
});
