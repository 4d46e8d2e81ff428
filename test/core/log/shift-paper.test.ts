import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { paperOf } from '../../../src/core/log/shift-paper.ts';
import { type OpenPhone, phoneOnShift, scan } from '../../support/on-shift.ts';
import type { World } from '../../support/world.ts';

let world: World;
let phone: OpenPhone;

beforeEach(async () => {
  ({ world, phone } = await phoneOnShift());
});
afterEach(() => world.close());

const show = async (text: string) => {
  await phone.actions.present(text, 'wedge');
  phone.actions.dismissCard();
};

describe('the paper of a shift', () => {
  it('tells of everybody who is not simply in by the word of the scanner', async () => {
    await scan({ world, phone }, 3);
    await show('KK1:NONSENSE');
    await show('https://example.org');
    // the unknown one is left open: the shift ends with the card still up
    await phone.actions.endShift();
    const paper = phone.state().summary?.paper;
    expect(phone.state().summary?.people).toBe(5);
    expect(paper?.told.map(({ outcome, state }) => [state, outcome])).toEqual([
      ['stop', 'refused'],
      ['unknown', 'not-recorded'],
    ]);
  });

  it('names device, gate and the hash of its last entry, which the next entry of the log follows', async () => {
    await scan({ world, phone }, 1);
    await phone.actions.endShift();
    const paper = phone.state().summary?.paper;
    const enrolment = await world.device.enrolment();
    expect(paper).toMatchObject({ device: enrolment?.device, gate: enrolment?.gate.id });
    await phone.actions.startShift('8');
    const next = (await world.log.read(1, 100)).find(
      ({ seq }) => seq === Number(paper?.last.seq) + 1,
    );
    expect(next?.prev).toBe(paper?.last.hash);
  });

  it('is none where the phone holds no entry', () => {
    expect(paperOf([])).toBeUndefined();
  });
});
