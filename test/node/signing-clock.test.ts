import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Sql } from '../../src/node/database.ts';
import { type ClockDoubt, createSigningClock } from '../../src/node/store/signing-clock.ts';
import { openEmbedded } from '../support/embedded.ts';
import { fakeClock } from '../support/fakes/fake-clock.ts';
import { until } from '../support/in-time.ts';
import { post, testHub } from '../support/test-hub.ts';

const minute = 60_000;
const day = 24 * 60 * minute;
let sql: Sql;
beforeAll(async () => {
  sql = await openEmbedded();
});
afterAll(() => sql.close());

/** A hub that starts at a time and has signed nothing yet, or goes on after others. */
async function hubAt(wall: number, { confirmed = false, fresh = false } = {}) {
  if (fresh) await sql.query('delete from signed_time');
  const clock = fakeClock(wall);
  const doubts: ClockDoubt[] = [];
  const onDoubt = (doubt: ClockDoubt) => doubts.push(doubt);
  const signing = await createSigningClock({ clock, sql, confirmed, onDoubt });
  return { clock, signing, doubts };
}
const signedBy = async (wall: number) => {
  const { signing } = await hubAt(wall, { fresh: true });
  expect(signing.doubt()).toBeUndefined();
  const isWritten = async () => (await sql.query('select at from signed_time')).length === 1;
  await until('the time signed to be written down', 5000, isWritten, 5);
};
const noon = Date.UTC(2026, 5, 1, 12);

describe('a hub signs nothing', () => {
  it.each<[string, number, ClockDoubt | undefined]>([
    ['a minute behind: it may', -minute, undefined],
    ['more than a minute behind', -minute - 1, 'behind'],
    ['30 days ahead: it may have stood still', 30 * day, undefined],
    ['more than 30 days ahead', 30 * day + 1, 'ahead'],
  ])('started with a clock far from what was signed before: %s', async (_, by, doubt) => {
    await signedBy(noon);
    const { signing, doubts } = await hubAt(noon + by);
    expect(signing.doubt()).toBe(doubt);
    expect(signing.doubt()).toBe(doubt);
    expect(doubts).toEqual(doubt ? [doubt] : []); // said once
  });

  it.each([30 * day, -30 * day, minute + 1, -minute - 1])(
    'when its clock jumps by %i ms, and for 5 even minutes after it is right again',
    async (by) => {
      const { clock, signing } = await hubAt(noon, { fresh: true });
      expect(signing.doubt()).toBeUndefined();
      clock.setWall(clock.wall() + by);
      expect(signing.doubt()).toBeDefined();
      clock.setWall(clock.wall() - by);
      expect(signing.doubt()).toBe('jumped');
      clock.tick(5 * minute - 1);
      expect(signing.doubt()).toBe('jumped');
      clock.tick(1);
      expect(signing.doubt()).toBeUndefined();
    },
  );

  it('until the operator has looked at the clock', async () => {
    await signedBy(noon + 60 * day); // wrong, and believed
    expect((await hubAt(noon)).signing.doubt()).toBe('behind');
    expect((await hubAt(noon, { confirmed: true })).signing.doubt()).toBeUndefined();
  });
});

describe('a hub whose clock is in doubt', () => {
  it('answers 503 to time and uploads, says when to ask again, and signs once it is right', async () => {
    let doubt: ClockDoubt | undefined = 'behind';
    const hub = await testHub(sql, { signing: { doubt: () => doubt } });
    const nonce = JSON.stringify({ nonce: 'AAAAAAAAAAAAAAAAAAAAAA' });
    for (const [path, body] of [
      ['/v1/time', nonce],
      ['/v1/scans', 'x'],
    ] as const) {
      const answer = await post(hub, path, body);
      expect(answer.status).toBe(503);
      expect(answer.headers.get('retry-after')).toBe('60');
      expect(await answer.json()).toMatchObject({ code: 'clock-doubtful' });
    }
    doubt = undefined;
    expect((await post(hub, '/v1/time', nonce)).status).toBe(200);
  });
});
