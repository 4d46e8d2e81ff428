import { beforeEach, describe, expect, it } from 'vitest';
import type { Relatives } from '../../../src/citizen/app/answers.ts';
import {
  createFamily,
  type FamilyActions,
} from '../../../src/citizen/app/relatives/family-actions.ts';
import { type FamilyState, noFamilyAct } from '../../../src/citizen/app/relatives/family-state.ts';
import {
  readChild,
  readConsent,
  spokenConsent,
} from '../../../src/citizen/app/relatives/relatives-form.ts';
import { err, ok } from '../../../src/core/result.ts';
import { epochMillis, epochSeconds } from '../../../src/core/units.ts';
import type { Answer } from '../../../src/ports/ask-json.ts';
import { residentId } from '../../support/authority/people.ts';

const child = { type: 'resident-id', number: residentId(5, '20150505'), name: '李小花' } as const;

describe('a child as it is typed', () => {
  it('goes in the one spelling of its number', () => {
    const typed = { ...child, number: ` ${child.number.slice(0, 6)} ${child.number.slice(6)} ` };
    expect(readChild(typed, '2026-06-01')).toEqual({ ok: true, value: child });
  });

  it.each([
    ['nothing', { number: ' ', name: '' }, { number: 'missing', name: 'missing' }],
    ['one digit wrong', { number: residentId(5).replace(/.$/, 'Y') }, { number: 'shape' }],
    ['a birth that is to come', { number: residentId(5, '20270101') }, { number: 'birth' }],
    ['an unseen mark in a name', { name: '李\u200b花' }, { name: 'unseen' }],
  ])('%s is told at its field', (_, over, problems) => {
    expect(readChild({ ...child, ...over }, '2026-06-01')).toEqual({ ok: false, error: problems });
  });
});

describe('a consent code', () => {
  it.each(['abcde fghjk', 'ABCDE-FGHJK', 'ＡＢＣＤＥＦＧＨＪＫ'])('%s is read', (typed) =>
    expect(readConsent(typed)).toBe('ABCDEFGHJK'),
  );
  it.each(['', 'ABCDEFGHJ', 'ABCDEFGHJKL', 'ABCDEFGHI0'])('"%s" is none', (typed) =>
    expect(readConsent(typed)).toBeUndefined(),
  );
  it('is read aloud in two halves', () => expect(spokenConsent('ABCDEFGHJK')).toBe('ABCDE FGHJK'));
});

describe('relatives', () => {
  let state: FamilyState;
  let there: Relatives;
  let seen: Partial<Relatives>;
  let answered: 'yes' | 'lost' | 'no';
  let family: FamilyActions;

  const put = (id: string) => {
    const one = {
      id,
      kind: 'child',
      addedAt: epochMillis(1),
      name: '李*花',
      number: '12…05',
    } as const;
    there = { ...there, relatives: [...there.relatives, one] };
  };
  async function ask<T>(does: () => void, value: T, refusal: string): Promise<Answer<T>> {
    if (answered === 'no') return err({ code: refusal });
    does();
    return answered === 'lost' ? err({ code: 'offline' }) : ok(value);
  }

  beforeEach(() => {
    state = noFamilyAct;
    there = { relatives: [], shownBy: [] };
    seen = there;
    answered = 'yes';
    family = createFamily({
      slice: {
        get: () => state,
        set: (change) => {
          state = { ...state, ...change };
        },
      },
      remote: {
        addChild: () => ask(() => put('c1'), { id: 'c1' }, 'not-guardian'),
        addByConsent: () => ask(() => put('a1'), { id: 'a1' }, 'consent-unknown'),
        makeConsent: () =>
          ask(
            () => {},
            { code: 'ABCDEFGHJK', exp: epochSeconds(600), now: epochMillis(0) },
            'too-many',
          ),
        dropRelative: (id) =>
          ask(
            () => {
              there = { ...there, relatives: there.relatives.filter((one) => one.id !== id) };
            },
            {},
            'not-your-relative',
          ),
      },
      list: () => seen,
      async refresh() {
        seen = there;
      },
      now: () => epochMillis(Date.UTC(2026, 5, 1)),
    });
    family.change(child);
  });

  it('a child that is added is told, and the form is empty again', async () => {
    expect(await family.addChild()).toBe(true);
    expect(state).toMatchObject({ did: { act: 'added', name: '李*花' }, child: { number: '' } });
  });

  it('one that is refused leaves what was typed', async () => {
    answered = 'no';
    expect(await family.addChild()).toBe(false);
    expect(state).toMatchObject({
      child,
      refused: { act: 'child', why: { code: 'not-guardian' } },
    });
  });

  it('a code whose answer was lost has worked: it is not asked for a second time, which would be refused', async () => {
    answered = 'lost';
    family.type('ABCDEFGHJK');
    expect(await family.addAdult()).toBe(true);
    expect(state).toMatchObject({ typed: '', refused: undefined, did: { act: 'added' } });
  });

  it('what is no code is not sent', async () => {
    family.type('ABC');
    expect(await family.addAdult()).toBe(false);
    expect(state.isTypedWrong).toBe(true);
    expect(there.relatives).toEqual([]);
  });

  it('a code made for somebody goes when it is over', async () => {
    await family.makeConsent();
    expect(state.made?.code).toBe('ABCDEFGHJK');
    family.consentOver();
    expect(state.made).toBeUndefined();
  });

  it('one that is removed is told; one that the other has removed before, too', async () => {
    await family.addChild();
    expect(await family.remove('c1', '李*花')).toBe(true);
    answered = 'no';
    expect(await family.remove('c1', '李*花')).toBe(true);
    expect(state).toMatchObject({ refused: undefined, did: { act: 'removed', name: '李*花' } });
  });

  it('one whose removal never arrived is still there, and why is told', async () => {
    await family.addChild();
    answered = 'no';
    expect(await family.remove('c1', '李*花')).toBe(false);
    expect(state.refused?.act).toBe('remove');
  });
});
