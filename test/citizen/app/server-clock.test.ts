import { describe, expect, it } from 'vitest';
import { createServerClock } from '../../../src/citizen/app/time/server-clock.ts';
import type { PersistedTime } from '../../../src/core/time/clock-model.ts';
import { epochMillis } from '../../../src/core/units.ts';
import { citizenWorld } from '../../support/citizen-world.ts';
import { fakeClock } from '../../support/fakes/fake-clock.ts';

const hour = 3_600_000;
const server = Date.UTC(2026, 5, 1, 2);

function world(wall = server, stored?: PersistedTime) {
  const phone = fakeClock(wall);
  let kept: PersistedTime | undefined;
  const clock = createServerClock(phone, stored, (state) => {
    kept = state;
  });
  const hear = (at: number) => clock.take(epochMillis(at), clock.read());
  return { phone, clock, hear, kept: () => kept };
}

describe('the server’s time on a phone', () => {
  it('is not known before the server has said it, whatever the phone’s clock says', () => {
    const { clock } = world();
    expect(clock.now()).toBeUndefined();
    expect(clock.isDoubted()).toBe(true);
  });

  it('is the server’s on a phone whose clock is hours off, and after a restart', () => {
    const first = world(server - 5 * hour);
    first.hear(server);
    first.phone.tick(1500);
    expect(first.clock.now()).toBe(server + 1500);
    const again = world(server - 5 * hour + 60_000, first.kept());
    expect(again.clock.now()).toBe(server + 60_000);
    expect(again.clock.isDoubted()).toBe(false);
  });

  it('goes on when somebody sets the phone’s clock back, and nothing is stamped until the server was heard', () => {
    const { phone, clock, hear } = world();
    hear(server);
    phone.tick(1000);
    expect(clock.now()).toBe(server + 1000);
    phone.setWall(server - hour);
    phone.tick(5000);
    expect(clock.now()).toBe(server + 6000);
    expect(clock.isDoubted()).toBe(true);
    hear(server + 6000);
    expect(clock.isDoubted()).toBe(false);
    phone.tick(1000);
    expect(clock.now()).toBe(server + 7000);
  });

  it('is in doubt after a restart with a clock that was set back while the page was closed', () => {
    const first = world();
    first.hear(server);
    const again = world(server - hour, first.kept());
    expect(again.clock.isDoubted()).toBe(true);
  });

  it('says by how much the phone’s own clock is wrong, as heard last', () => {
    const { phone, clock, hear } = world(server + hour);
    expect(clock.wrongByMs()).toBe(0);
    hear(server);
    expect(clock.wrongByMs()).toBe(hour);
    phone.setWall(server - 2 * hour);
    hear(server);
    expect(clock.wrongByMs()).toBe(-2 * hour);
    const sent = clock.read();
    phone.tick(9000);
    clock.take(epochMillis(server), sent); // too long on its way to tell
    expect(clock.wrongByMs()).toBe(-2 * hour);
  });

  it('counts the hours that a phone slept', () => {
    const { phone, clock, hear } = world();
    hear(server);
    phone.sleep(8 * hour);
    expect(clock.now()).toBe(server + 8 * hour);
    expect(clock.isDoubted()).toBe(false);
  });

  it('takes no answer that was long on its way, but the first', () => {
    const { phone, clock } = world(server - hour);
    const sent = clock.read();
    phone.tick(9000);
    clock.take(epochMillis(server), sent);
    expect(clock.now()).toBe(server + 4500);
    const asked = clock.read();
    phone.tick(9000);
    clock.take(epochMillis(server + hour), asked);
    expect(clock.now()).toBe(server + 13_500);
  });
});

describe('what a page says of the phone’s clock', () => {
  it.each([
    [0, 0],
    [59, 0],
    [-59, 0],
    [60, 1],
    [-60, -1],
    [7 * 3600, 420],
    [-3 * 86_400, -4320],
  ])('%i s wrong: %i minutes', async (wrongS, minutes) => {
    const { citizen, service } = await citizenWorld();
    service.aheadMs = -wrongS * 1000;
    await citizen.start();
    expect(citizen.store.getState().phoneClock.wrongMinutes).toBe(minutes);
    service.aheadMs = 0;
    await citizen.session.refresh();
    expect(citizen.store.getState().phoneClock.wrongMinutes).toBe(0);
  });
});
