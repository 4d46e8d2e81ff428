import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { LogEntry } from '../../../../src/core/log/entry.ts';
import { dayBegin } from '../../../../src/core/log/occupancy.ts';
import { epochMillis } from '../../../../src/core/units.ts';
import { headCounts } from '../../../../src/hub/store/console/counts.ts';
import { answer } from '../../../support/fakes/fake-remote.ts';
import { givePin, type OnePhone, phoneOnShift } from '../../../support/on-shift.ts';

/** A phone at a gate people go in and out by, which leads to a court that holds three. */
let one: OnePhone;
let gate = '';
const sql = () => one.world.hub.sql;
const state = () => one.phone.state();
const actions = () => one.phone.actions;

async function leadsTo(direction: string, capacity: number | undefined): Promise<void> {
  const zones = JSON.stringify([
    { id: 'court', name: '大院', ...(capacity !== undefined && { capacity }) },
  ]);
  await sql().query(
    `insert into sites (id, name, zones) values ('north', '北院', $1)
     on conflict (id) do update set zones = excluded.zones`,
    [zones],
  );
  await sql().query(
    `update gates set direction = $2, site = 'north', zone = 'court',
       settings_iat = coalesce(settings_iat, 0) + 1 where id = $1`,
    [gate, direction],
  );
}
async function asBefore(): Promise<void> {
  await sql().query(
    `update gates set direction = 'in', site = null, zone = null, settings_iat = null`,
  );
  await sql().query('delete from gate_hours');
  // each world's codes are those of the one before: the gate would have seen them
  await sql().query('delete from sightings');
}

beforeAll(async () => {
  one = await phoneOnShift();
  gate = state().gate?.id ?? '';
  await asBefore();
  one.world.close();
});
afterAll(asBefore);
beforeEach(async () => {
  one = await phoneOnShift();
  await leadsTo('both', 3);
  await actions().syncNow();
});
afterEach(async () => {
  one.world.remote.handle(one.world.hub.handle);
  await actions().syncNow(); // nothing of this phone's is on its way any more
  one.world.close();
  await asBefore();
});

/** Shows a code and lets the card go. */
async function show(text: string | Promise<string>): Promise<string> {
  one.world.tick(3000);
  await actions().present(await text, 'wedge');
  const { card } = state();
  const said = card ? `${card.verdict.state}/${card.verdict.reason}` : 'no card';
  actions().dismissCard();
  return said;
}
const green = () => show(one.world.pass());
const log = async (): Promise<LogEntry[]> => one.world.log.read(1, 1000);
const newest = async () => (await log()).at(-1);
async function hubCounts() {
  const now = one.world.hubClock.wall();
  const from = dayBegin(now, 0);
  const to = epochMillis(from + 24 * 3_600_000);
  return (await headCounts(sql(), { area: [gate], from, to }))[0];
}

describe('a gate for both ways', () => {
  it('is told to the phone by its desk, signed, and to nobody before', () => {
    expect(state().place).toMatchObject({
      direction: 'both',
      zone: { id: 'court', capacity: 3 },
      isExitFree: true,
    });
  });

  it('lets in, lets out whatever the code, and in again', async () => {
    const text = await one.world.pass();
    expect(await show(text)).toBe('pass/admitted');
    expect(await newest()).not.toHaveProperty('dir');
    await actions().setWay('out');
    expect(await show(text)).toBe('pass/left');
    expect(await newest()).toMatchObject({ type: 'scan', dir: 'out', reason: 'left' });
    for (const code of [{ state: 'r' }, { kind: 'paper' as const }, { relative: true }])
      expect(await show(one.world.pass(code))).toBe('pass/left');
    expect(await show(one.world.pass({}, 3600))).toBe('pass/left');
    expect(await show('KK1:NONSENSE')).toBe('pass/left');
    await actions().setWay('in');
    expect(await show(text)).toBe('pass/admitted');
  });

  it('claims a code of the other gates for who comes in, and none for who leaves', async () => {
    const claims = () => one.world.remote.calls.filter(({ path }) => path === '/v1/claims').length;
    await green();
    expect(claims()).toBe(1);
    await actions().setWay('out');
    await green();
    expect(claims()).toBe(1);
  });

  it('keeps the way over a restart of the app, and begins the next shift with in', async () => {
    await actions().setWay('out');
    one.phone = await one.world.open();
    // without a word of anybody's: what the desk had told is kept
    expect(state().place?.direction).toBe('both');
    expect(state().shift?.way).toBe('out');
    await green();
    await one.world.device.setShift(undefined); // as lost: the log tells
    one.phone = await one.world.open();
    expect(state().shift?.way).toBe('out');
    await actions().endShift();
    await actions().startShift('8');
    expect(state().shift).not.toHaveProperty('way');
  });

  it('says it to the ear with no tone of a pass', async () => {
    await actions().setWay('out');
    await green();
    expect(one.phone.feedback.played.at(-1)?.state).toBe('admitted');
  });

  it('lets somebody out by hand with one tap, and only on the way out', async () => {
    await actions().leaveByHand();
    expect((await newest())?.type).not.toBe('manual');
    await actions().setWay('out');
    await actions().leaveByHand();
    expect(await newest()).toMatchObject({ type: 'manual', admitted: true, dir: 'out' });
    expect(state().flash).toMatchObject({ by: 'hand', left: true });
  });

  it('what is no pass waits for one tap, and nobody is measured on the way out', async () => {
    await actions().setWay('out');
    one.world.tick(3000);
    await actions().present('https://example.org/', 'wedge');
    expect(state().card).toMatchObject({ dir: 'out', verdict: { reason: 'not-a-pass' } });
    await actions().letIn();
    expect(state().card).toBeUndefined();
    expect(state()).toMatchObject({ left: { admitted: 1 }, outcomes: { admitted: 0 } });
    expect(state().flash).toMatchObject({ by: 'outcome', outcome: 'admitted', left: true });
  });

  it('counts nobody who left as let in: phone, report, hub', async () => {
    await green();
    await green();
    await actions().setWay('out');
    await green();
    await actions().endShift();
    await actions().syncNow();
    const { summary } = state();
    expect(summary).toMatchObject({ people: 2, admitted: 2, scanned: 2, left: { admitted: 1 } });
    expect(await hubCounts()).toMatchObject({ went_in: 2, went_out: 1, inside: 1 });
  });

  it('a departure that was taken back is nobody who left', async () => {
    await actions().setWay('out');
    await green();
    const seq = (await newest())?.seq ?? 0;
    await actions().correct(seq, { outcome: 'refused', why: 'other' });
    expect(state().left).toMatchObject({ admitted: 0, refused: 1 });
    expect(state().heads?.inside).toBe(0);
  });

  it('whose departure could not be written has not left: the next one is a repeat', async () => {
    const text = await one.world.pass();
    await show(text);
    await actions().setWay('out');
    one.world.log.breakWritesWith('storage-quota');
    one.world.tick(3000);
    await actions().present(text, 'wedge');
    expect(state().card?.verdict.reason).toBe('internal-error');
    one.world.log.breakWritesWith(undefined);
    actions().dismissCard();
    await actions().setWay('in');
    expect(await show(text)).toBe('check/already-scanned');
  });
});

describe('people inside', () => {
  it('are counted at once, with who came along and by hand, less who left', async () => {
    await actions().present(await one.world.pass(), 'wedge');
    await actions().setCompanions(1);
    actions().dismissCard();
    const form = { category: 'elder', tail: '', companions: 0 } as const;
    await actions().registerByHand({ ...form, temperatureC: 36.5 });
    expect(state().heads?.inside).toBe(3);
    await actions().setWay('out');
    await green();
    expect(state().heads?.inside).toBe(2);
    expect(state().recent[0]?.type).toBe('scan');
  });

  it('are the same over a restart, and over a change of guard', async () => {
    await green();
    await actions().handOver('8');
    await green();
    one.phone = await one.world.open();
    await expect.poll(() => state().heads?.inside).toBe(2);
  });

  it('are those of all gates by the hub’s signed word, and what was scanned since', async () => {
    await leadsTo('both', 500);
    await green();
    await actions().syncNow();
    await actions().syncNow();
    const hour = Math.floor(one.world.hubClock.wall() / 3_600_000) * 3_600_000;
    // another gate of the court
    await sql().query(
      `insert into gates (id, name, venue, site, zone, created_at)
       values ('other', 'Other', 'residential', 'north', 'court', 0) on conflict do nothing`,
    );
    await sql().query(
      `insert into gate_hours values ('other', $1, 'counted', 'in', 'pass', 'admitted', 'CN-TJ',
         'admitted', 40, 2), ('other', $1, 'counted', 'out', 'pass', 'left', 'CN-TJ', 'admitted', 3, 0)`,
      [hour],
    );
    one.world.tick(1000);
    await actions().syncNow();
    expect(state().heads).toMatchObject({ inside: 40 });
    expect(state().heads?.at).toBe(one.world.hubClock.wall());
    await green();
    expect(state().heads?.inside).toBe(41);
    await sql().query("delete from gates where id = 'other'");
  });

  it('are not what an unsigned number says, nor one that is played back', async () => {
    await green();
    one.world.tick(1000);
    let zone: unknown;
    const before = state().heads;
    one.world.remote.handle(async (call) => {
      const heard = await one.world.hub.handle(call);
      if (call.path !== '/v1/status' || heard.kind !== 'answer') return heard;
      const said = JSON.parse(Buffer.from(heard.body).toString());
      zone ??= said.zone;
      const forged = JSON.stringify({ ...said, zone: JSON.stringify({ inside: 0, through: 99 }) });
      return answer(200, Buffer.from(forged), undefined);
    });
    await actions().syncNow();
    expect(zone).toBeDefined();
    expect(state().heads).toEqual({ inside: 1, ...(before?.at && { at: before.at }) });
    await green();
    one.world.remote.handle(async (call) =>
      call.path === '/v1/status'
        ? answer(200, Buffer.from(JSON.stringify({ trusted: true, zone })), undefined)
        : one.world.hub.handle(call),
    );
    await actions().syncNow();
    const { heads } = state();
    await green();
    await actions().syncNow(); // the same word once more
    expect(state().heads?.at).toBe(heads?.at);
    expect(state().heads?.inside).toBe((heads?.inside ?? 0) + 1);
  });

  it('that are more than there is room for are told, and a supervisor puts them right', async () => {
    await green();
    await green();
    await actions().setHeads(9);
    expect(state().heads?.inside).toBe(2); // no role, no word
    await givePin(one.world, '246810');
    await actions().openSupervisor('246810');
    await actions().setHeads(-1);
    await actions().setHeads(3);
    expect(state().heads?.inside).toBe(3);
    expect(await newest()).toMatchObject({ act: 'count-set', count: 3, was: 2 });
    await actions().syncNow();
    expect(await hubCounts()).toMatchObject({ went_in: 2, put_right: 1, inside: 3 });
  });

  it('that come to less than nobody are a number the hub has too, and one set puts it right', async () => {
    await actions().setWay('out');
    await green();
    await green();
    expect(state().heads?.inside).toBe(-2);
    await givePin(one.world, '246810');
    await actions().openSupervisor('246810');
    await actions().setHeads(5);
    await actions().syncNow();
    expect(state().heads?.inside).toBe(5);
    expect(await hubCounts()).toMatchObject({ inside: 5, put_right: 7 });
  });
});

describe('looking only', () => {
  const look = async () => {
    await givePin(one.world, '246810');
    await actions().openSupervisor('246810');
    actions().setLookOnly(true);
    actions().closeSupervisor();
  };

  it('is for an open supervisor', () => {
    actions().setLookOnly(true);
    expect(state().lookOnly).toBeUndefined();
  });

  it('shows the whole verdict, counts nobody, and is a look in the log', async () => {
    await look();
    one.world.tick(3000);
    await actions().present(await one.world.pass({ state: 'r' }), 'wedge');
    const { card } = state();
    expect(card).toMatchObject({ look: true, verdict: { state: 'stop', reason: 'colour-stop' } });
    await actions().letIn();
    await actions().overrule('emergency');
    await actions().setCompanions(4);
    expect(state().card).toMatchObject({ id: card?.id, look: true });
    expect(await newest()).toMatchObject({ type: 'look', reason: 'colour-stop', st: 'r' });
    expect(state()).toMatchObject({ looks: 1, outcomes: { admitted: 0, refused: 0 } });
  });

  it('leaves the later scan the first, and makes no sound of a pass', async () => {
    const text = await one.world.pass();
    await look();
    const played = one.phone.feedback.played.length;
    expect(await show(text)).toBe('pass/admitted');
    expect(one.phone.feedback.played).toHaveLength(played);
    expect(state().heads?.inside ?? 0).toBe(0);
    actions().setLookOnly(false);
    expect(await show(text)).toBe('pass/admitted');
    expect(state().heads?.inside).toBe(1);
  });

  it('tells that a code was used here before', async () => {
    const text = await one.world.pass();
    await show(text);
    await look();
    expect(await show(text)).toBe('check/already-scanned');
  });

  it('asks whether its holder would be let in, also where people leave now', async () => {
    await actions().setWay('out');
    await look();
    expect(await show(one.world.pass({ state: 'r' }))).toBe('stop/colour-stop');
  });

  it('is its own number at the hub, and in no other', async () => {
    await look();
    await green();
    actions().setLookOnly(false);
    await green();
    await actions().endShift();
    await actions().syncNow();
    expect(await hubCounts()).toMatchObject({ went_in: 1, looks: 1, inside: 1 });
    expect(state().summary).toMatchObject({ people: 1, looks: 1 });
  });

  it('ends with the shift, and with a restart', async () => {
    await look();
    await actions().handOver('8');
    expect(state().lookOnly).toBeUndefined();
    await look();
    one.phone = await one.world.open();
    expect(state().lookOnly).toBeUndefined();
  });
});

describe('a place that is full', () => {
  it('is asked about, the guard decides, and whoever leaves makes room', async () => {
    await leadsTo('both', 1);
    await actions().syncNow();
    expect(state().place).toMatchObject({ zone: { capacity: 1 }, asksWhenFull: true });
    expect(await green()).toBe('pass/admitted');
    one.world.tick(3000);
    await actions().present(await one.world.pass(), 'wedge');
    expect(state().card?.verdict).toMatchObject({ state: 'check', reason: 'zone-full' });
    await actions().refuse('not-allowed');
    expect(state().heads?.inside).toBe(1);
    await actions().setWay('out');
    expect(await green()).toBe('pass/left');
    await actions().setWay('in');
    expect(await green()).toBe('pass/admitted');
  });

  it('is one for nobody from the first person on', async () => {
    await leadsTo('both', 0);
    await actions().syncNow();
    expect(await green()).toBe('check/zone-full');
  });
});
