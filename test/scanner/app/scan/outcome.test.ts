import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { peopleOf } from '../../../../src/core/log/people.ts';
import { enrolledPhone, type OpenPhone } from '../../../support/on-shift.ts';
import type { World } from '../../../support/world.ts';

let world: World;
let phone: OpenPhone;

beforeEach(async () => {
  ({ world, phone } = await enrolledPhone());
  await phone.actions.startShift('7');
});
afterEach(() => world.close());

const present = async (text: string) => {
  await phone.actions.present(text, 'wedge');
  return phone.state().card;
};
const relatives = () => world.pass({ relative: true });
const entries = () => world.log.read(1, 1000);
const decisions = async () => (await entries()).filter(({ type }) => type === 'decision');
const people = async () => peopleOf(await entries());
const supervisor = () => phone.store.setState({ supervisor: { state: 'open' } });

describe('a card that waits for its outcome', () => {
  it('ends by 放行: one entry by the guard, no green anywhere, a sound of its own', async () => {
    const card = await present(await relatives());
    expect(card?.verdict).toMatchObject({ state: 'check', reason: 'relative-held' });
    await phone.actions.letIn();
    expect(phone.state().card).toBeUndefined();
    expect(phone.reader.held).toBe(false);
    expect(phone.state().flash).toMatchObject({
      by: 'outcome',
      outcome: 'admitted',
      line: card?.seq,
    });
    expect(phone.feedback.played.map(({ state }) => state)).toEqual(['check', 'admitted']);
    expect(await decisions()).toMatchObject([
      { ref: card?.seq, state: 'check', reason: 'relative-held', outcome: 'admitted', by: 'guard' },
    ]);
    expect(phone.state().counts).toEqual({ pass: 0, check: 1, stop: 0, unknown: 0 });
    expect(await people()).toMatchObject([{ outcome: 'admitted', by: 'guard', state: 'check' }]);
  });

  it.each(['fever', 'no-document', 'not-allowed', 'left', 'other'] as const)(
    'ends by 不放行 with its reason: %s',
    async (why) => {
      await present(await relatives());
      await phone.actions.refuse(why);
      expect(phone.state().card).toBeUndefined();
      expect(phone.state().flash).toMatchObject({ by: 'outcome', outcome: 'refused' });
      expect(await people()).toMatchObject([{ outcome: 'refused', by: 'guard', why }]);
    },
  );

  it('is left by nothing else: no key, camera, scanner, picture or waking up', async () => {
    const card = await present(await relatives());
    phone.actions.dismissCard();
    phone.reader.show(await world.pass());
    await phone.actions.present(await world.pass(), 'wedge');
    phone.reader.pictures = [await world.pass()];
    await phone.actions.readPicture(new Blob([]) as never);
    world.clock.sleep(3_600_000);
    phone.app.wake();
    expect(phone.state().card?.id).toBe(card?.id);
    expect(phone.state()).toMatchObject({ picture: 'card-first', card: { cardFirst: true } });
    expect(await people()).toHaveLength(1);
  });

  it('says card first to a hardware scanner, once it came with another code', async () => {
    const text = await relatives();
    expect((await present(text))?.cardFirst).toBeUndefined();
    await present(text); // its own burst is no other code
    expect(phone.state().card?.cardFirst).toBeUndefined();
    expect((await present(await world.pass()))?.cardFirst).toBe(true);
  });

  it('is one entry for two taps at once, and for a tap after the end', async () => {
    await present(await relatives());
    const { letIn, refuse } = phone.actions;
    await Promise.all([letIn(), letIn(), refuse('other')]);
    await letIn();
    await refuse('left');
    expect(await decisions()).toHaveLength(1);
  });

  it('stays under the red bar where the word cannot be written, and ends when it can', async () => {
    const card = await present(await relatives());
    world.log.breakWith('storage-quota');
    await phone.actions.letIn();
    expect(phone.state()).toMatchObject({ storageFault: 'storage-quota', card: { id: card?.id } });
    expect(phone.state().flash).toBeUndefined();
    world.log.breakWith(undefined);
    await phone.actions.refuse('left');
    expect(phone.state().card).toBeUndefined();
    expect(await people()).toMatchObject([{ outcome: 'refused' }]);
    expect(phone.state().storageFault).toBeUndefined();
  });

  it('killed with the app is a person whose outcome was not recorded', async () => {
    await present(await relatives());
    phone = await world.open();
    expect(phone.state().card).toBeUndefined();
    expect(await people()).toMatchObject([{ outcome: 'not-recorded' }]);
  });

  it('that is not in the log can be closed: there is nobody to say anything of', async () => {
    world.log.breakWith('storage-quota');
    await present(await relatives());
    expect(phone.state().card?.verdict.reason).toBe('internal-error');
    phone.actions.dismissCard();
    expect(phone.state().card).toBeUndefined();
  });
});

describe('a code the scanner cannot judge', () => {
  const form = { category: 'elder', tail: '012X', companions: 0 } as const;

  it('ends by the form of the original way: one person, one line', async () => {
    const card = await present('https://example.org/');
    await phone.actions.registerByHand(form);
    expect(phone.state().card).toBeUndefined();
    expect(phone.state().flash).toMatchObject({ by: 'hand', state: 'pass' });
    expect((await entries()).at(-1)).toMatchObject({ type: 'manual', ref: card?.seq });
    expect(await people()).toMatchObject([{ seq: card?.seq, outcome: 'admitted', by: 'guard' }]);
  });

  it('is still waiting when the form could not be written or was not filled in right', async () => {
    const card = await present('https://example.org/');
    await phone.actions.registerByHand({ ...form, companions: -1 });
    world.log.breakWith('storage-quota');
    await phone.actions.registerByHand(form);
    expect(phone.state()).toMatchObject({ storageFault: 'storage-quota', card: { id: card?.id } });
  });

  it('ends by 放行 and 不放行 too', async () => {
    await present('https://example.org/');
    await phone.actions.letIn();
    await present('13800138000');
    await phone.actions.refuse('left');
    expect((await people()).map(({ outcome }) => outcome)).toEqual(['admitted', 'refused']);
  });
});

describe('a stop', () => {
  it('is closed, and lets nobody in by the guard', async () => {
    await present('KK1:NONSENSE');
    await phone.actions.letIn();
    await phone.actions.refuse('other');
    await phone.actions.overrule('emergency');
    expect(phone.state().card?.verdict.state).toBe('stop');
    phone.actions.dismissCard();
    expect(phone.state().card).toBeUndefined();
    expect(await people()).toMatchObject([{ outcome: 'refused', by: 'scanner' }]);
  });

  it('is overruled by an open supervisor alone, with a reason', async () => {
    await present(await world.pass({ state: 'r' }));
    supervisor();
    await phone.actions.overrule('emergency');
    expect(phone.state().card).toBeUndefined();
    const line = { state: 'stop', outcome: 'admitted', by: 'supervisor', why: 'emergency' };
    expect(await people()).toMatchObject([line]);
    expect(phone.state().counts.stop).toBe(1);
  });
});

describe('a code that let somebody in by a word', () => {
  it('shown again for a second person is already scanned', async () => {
    const text = await relatives();
    await present(text);
    await phone.actions.letIn();
    world.tick(20_000);
    expect((await present(text))?.verdict).toMatchObject({ reason: 'already-scanned' });
  });

  it('of somebody turned away is no repeat when they come back with it', async () => {
    const text = await relatives();
    await present(text);
    await phone.actions.refuse('no-document');
    world.tick(20_000);
    expect((await present(text))?.verdict).toMatchObject({ reason: 'relative-held' });
  });

  it('is still held against the second person after a third was turned away with it', async () => {
    const text = await world.pass();
    await present(text);
    phone.actions.dismissCard();
    for (let i = 0; i < 2; i++) {
      world.tick(5000);
      expect((await present(text))?.verdict.reason).toBe('already-scanned');
      await phone.actions.refuse('not-allowed');
    }
  });

  it('is nobody admitted where the word could not be written', async () => {
    const text = await relatives();
    await present(text);
    world.log.breakWith('storage-quota');
    await phone.actions.letIn();
    world.log.breakWith(undefined);
    await phone.actions.refuse('left');
    world.tick(5000);
    expect((await present(text))?.verdict.reason).toBe('relative-held');
  });

  it('does not count as shown where it was stopped: a red code is red again', async () => {
    const text = await world.pass({ state: 'r' });
    for (let i = 0; i < 2; i++) {
      expect((await present(text))?.verdict.reason).toBe('colour-stop');
      phone.actions.dismissCard();
      world.tick(5000);
    }
  });

  it('against a stop, by a supervisor, is already scanned for the next', async () => {
    const text = await world.pass({ state: 'r' });
    await present(text);
    supervisor();
    await phone.actions.overrule('ordered');
    world.tick(5000);
    expect((await present(text))?.verdict.reason).toBe('already-scanned');
  });

  it('is not let in where the memory of presentations takes nothing', async () => {
    await present(await relatives());
    world.seen.breakWith('storage-quota');
    await phone.actions.letIn();
    expect(phone.state().card).toBeDefined();
    expect(await decisions()).toEqual([]);
    await phone.actions.refuse('other');
    expect(phone.state().card).toBeUndefined();
  });
});
