import { beforeEach, describe, expect, it } from 'vitest';
import { peopleOf } from '../../../../src/core/log/people.ts';
import type { Venue } from '../../../../src/core/trust/venue-rule.ts';
import { enrolledPhone, type OnePhone } from '../../../support/on-shift.ts';

let one: OnePhone;
beforeEach(async () => {
  one = await enrolledPhone();
});

async function begin(venue: Venue = 'residential'): Promise<void> {
  const { gate } = one.phone.state();
  if (gate) one.phone.store.setState({ gate: { ...gate, venue } });
  await one.phone.actions.startShift('7', 'thermal-camera');
  await one.phone.actions.syncNow();
}
async function show(text: string): Promise<number> {
  await one.phone.actions.present(text, 'wedge');
  return one.phone.state().card?.seq ?? 0;
}
const card = () => one.phone.state().card;
const entries = () => one.world.log.read(1, 1000);
const people = async () => peopleOf(await entries());
const relatives = () => one.world.pass({ relative: true });
const supervisor = () => one.phone.store.setState({ supervisor: { state: 'open' } });

describe('a temperature after 放行', () => {
  beforeEach(() => begin('workplace'));

  it("is taken of a relative's code too: nothing is written before, one entry ends it", async () => {
    await show(await relatives());
    await one.phone.actions.letIn();
    expect(card()).toMatchObject({ step: 'temperature', temperature: { mode: 'confirm' } });
    expect(await people()).toMatchObject([{ outcome: 'not-recorded' }]);
    await one.phone.actions.temperature(36.6);
    expect(card()).toBeUndefined();
    expect(await people()).toMatchObject([
      {
        outcome: 'admitted',
        by: 'guard',
        state: 'check',
        reason: 'relative-held',
        temperatureC: 36.6,
      },
    ]);
  });

  it.each([
    ['high', { high: true }],
    [37.3, { temperatureC: 37.3 }],
    [Number.NaN, {}],
  ] as const)(
    'that is a fever (%s) stops, and the code may be shown again',
    async (reading, kept) => {
      const text = await relatives();
      await show(text);
      await one.phone.actions.letIn();
      if (Number.isNaN(reading))
        return expect(one.phone.actions.temperature(reading)).resolves.toBeUndefined();
      await one.phone.actions.temperature(reading);
      expect(card()?.verdict).toMatchObject({ state: 'stop', reason: 'temperature-high' });
      const last = (await entries()).at(-1);
      expect(last).toMatchObject({ outcome: 'refused', by: 'guard', why: 'fever', ...kept });
      expect(Object.keys(last ?? {}).includes('temperatureC')).toBe('temperatureC' in kept);
      one.phone.actions.dismissCard();
      one.world.tick(5000);
      await show(text);
      expect(card()?.verdict.reason).not.toBe('shown-elsewhere');
      expect(await people()).toMatchObject([{ outcome: 'refused', fever: true }, {}]);
    },
  );

  it('not taken because the app was closed leaves an outcome that was not recorded', async () => {
    await show(await relatives());
    await one.phone.actions.letIn();
    one.phone = await one.world.open();
    expect(await people()).toMatchObject([{ outcome: 'not-recorded' }]);
  });

  it('may still end in 不放行', async () => {
    await show(await relatives());
    await one.phone.actions.letIn();
    await one.phone.actions.refuse('left');
    expect(await people()).toMatchObject([{ outcome: 'refused', why: 'left' }]);
  });
});

describe('体温异常 where everybody is measured before', () => {
  beforeEach(() => begin());

  it('ends 放行 at once: nobody is measured twice', async () => {
    await show(await relatives());
    await one.phone.actions.letIn();
    expect(await people()).toMatchObject([{ outcome: 'admitted', reason: 'relative-held' }]);
  });

  it('turns the green card into a stop without a number, and takes back that it passed', async () => {
    const text = await one.world.pass();
    const seq = await show(text);
    await one.phone.actions.foundWarm();
    expect(card()?.verdict).toMatchObject({ state: 'stop', reason: 'temperature-high' });
    const last = (await entries()).at(-1);
    expect(last).toMatchObject({ ref: seq, corrects: seq, outcome: 'refused', high: true });
    expect(last).not.toHaveProperty('temperatureC');
    one.phone.actions.dismissCard();
    one.world.tick(5000);
    await show(text);
    expect(card()?.verdict.reason).toBe('admitted');
  });

  it('does nothing to a card that is not green', async () => {
    await show(await relatives());
    await one.phone.actions.foundWarm();
    expect(card()?.verdict.state).toBe('check');
  });
});

describe('one of the last people, opened again', () => {
  beforeEach(() => begin());
  const correct = (seq: number, word: Parameters<typeof one.phone.actions.correct>[1]) =>
    one.phone.actions.correct(seq, word);

  it('is corrected by a new entry that names the one it takes back', async () => {
    const seq = await show(await relatives());
    await one.phone.actions.letIn();
    const said = (await entries()).at(-1)?.seq;
    await correct(seq, { outcome: 'refused', why: 'no-document' });
    expect((await entries()).at(-1)).toMatchObject({
      ref: seq,
      corrects: said,
      outcome: 'refused',
    });
    expect(await people()).toMatchObject([{ outcome: 'refused', corrections: 1 }]);
    expect(one.phone.state()).toMatchObject({
      correction: 'done',
      outcomes: { refused: 1, admitted: 0 },
    });
  });

  it('a pass of the scanner can be refused too, and a mistaken fever let in again by the guard', async () => {
    const seq = await show(await one.world.pass());
    one.phone.actions.dismissCard();
    await correct(seq, { outcome: 'refused', why: 'fever' });
    expect(await people()).toMatchObject([{ outcome: 'refused', fever: true }]);
    await correct(seq, { outcome: 'admitted' });
    expect(await people()).toMatchObject([{ outcome: 'admitted', fever: false, corrections: 2 }]);
    await show(await one.world.pass());
    const warm = card()?.seq ?? 0;
    await one.phone.actions.foundWarm();
    one.phone.actions.dismissCard();
    await correct(warm, { outcome: 'admitted' });
    expect((await people()).at(-1)).toMatchObject({
      outcome: 'admitted',
      state: 'pass',
      by: 'guard',
    });
  });

  it('against a stop only the supervisor lets in, with a reason', async () => {
    const seq = await show(await one.world.pass({ state: 'r' }));
    expect(card()?.verdict.state).toBe('stop');
    one.phone.actions.dismissCard();
    await correct(seq, { outcome: 'admitted', why: 'emergency' });
    expect(one.phone.state().correction).toBe('supervisor-only');
    expect(await people()).toMatchObject([{ outcome: 'refused' }]);
    supervisor();
    await correct(seq, { outcome: 'admitted', why: 'emergency' });
    expect(await people()).toMatchObject([
      { outcome: 'admitted', by: 'supervisor', why: 'emergency', state: 'stop' },
    ]);
  });

  it('after ten minutes, or of somebody unknown, it says why not and writes nothing', async () => {
    const seq = await show(await relatives());
    await one.phone.actions.letIn();
    one.world.tick(10 * 60_000 + 1000);
    const before = (await entries()).filter(({ type }) => type === 'decision').length;
    await correct(seq, { outcome: 'refused', why: 'other' });
    expect(one.phone.state().correction).toBe('too-late');
    await correct(9999, { outcome: 'refused', why: 'other' });
    expect(one.phone.state().correction).toBe('nobody');
    expect((await entries()).filter(({ type }) => type === 'decision')).toHaveLength(before);
  });

  it('whose outcome the dead battery took is filled in after the restart', async () => {
    const seq = await show(await relatives());
    one.phone = await one.world.open();
    expect(one.phone.state().outcomes.notRecorded).toBe(1);
    await correct(seq, { outcome: 'admitted' });
    const said = (await entries()).at(-1);
    expect(said).toMatchObject({ ref: seq, outcome: 'admitted' });
    expect(said).not.toHaveProperty('corrects');
    expect(one.phone.state().outcomes).toMatchObject({ notRecorded: 0, admitted: 1 });
  });
});
