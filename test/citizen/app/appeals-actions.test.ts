import { beforeEach, describe, expect, it } from 'vitest';
import type { Appeal } from '../../../src/citizen/app/answers.ts';
import {
  type AppealsActions,
  createAppeals,
} from '../../../src/citizen/app/appeals/appeals-actions.ts';
import {
  type AppealsState,
  appealProblems,
  mostAppealText,
  noAppeals,
  openAppeal,
} from '../../../src/citizen/app/appeals/appeals-state.ts';
import { err, ok } from '../../../src/core/result.ts';
import { epochMillis } from '../../../src/core/units.ts';

describe('appeals', () => {
  let state: AppealsState;
  let there: Appeal[];
  let answered: 'yes' | 'lost' | 'gone';
  let appeals: AppealsActions;

  beforeEach(() => {
    state = noAppeals;
    there = [];
    answered = 'yes';
    appeals = createAppeals(
      {
        get: () => state,
        set: (change) => {
          state = { ...state, ...change };
        },
      },
      {
        appeals: async () =>
          answered === 'gone' ? err({ code: 'offline' }) : ok({ appeals: there }),
        async appeal(reason, text) {
          if (answered === 'gone') return err({ code: 'offline' });
          if (there.some(({ outcome }) => !outcome)) return err({ code: 'appeal-open' });
          there = [{ id: 'a', at: epochMillis(1), class: reason, text }, ...there];
          return answered === 'lost' ? err({ code: 'offline' }) : ok({ id: 'a' });
        },
      },
    );
  });

  it('says what is missing or too long', () => {
    expect(appealProblems({ class: '', text: ' ' })).toEqual({ class: 'missing', text: 'missing' });
    const text = '长'.repeat(mostAppealText + 1);
    expect(appealProblems({ class: 'test', text })).toEqual({ text: 'long' });
  });

  it('one that came in waits, and the form is empty', async () => {
    appeals.change({ class: 'test', text: ' 检测是阴性。 ' });
    await appeals.send();
    expect(state).toMatchObject({ isDone: true, form: { class: '', text: '' } });
    expect(openAppeal(state)?.text).toBe('检测是阴性。');
  });

  it('without a line the text stays, and goes out at the next try', async () => {
    appeals.change({ class: 'test', text: '检测是阴性。' });
    answered = 'gone';
    await appeals.send();
    expect(state).toMatchObject({ isDone: false, refused: { code: 'offline' } });
    expect(state.form.text).toBe('检测是阴性。');
    answered = 'yes';
    await appeals.send();
    expect(state).toMatchObject({ isDone: true, refused: undefined });
  });

  it('one whose answer was lost is found in the list, and not filed twice', async () => {
    appeals.change({ class: 'test', text: '检测是阴性。' });
    answered = 'lost';
    await appeals.send();
    expect(state).toMatchObject({ isDone: true, refused: undefined });
    expect(there).toHaveLength(1);
  });

  it('while another one waits it is refused, and its text stays', async () => {
    there = [{ id: 'b', at: epochMillis(1), class: 'order', text: '从另一部手机' }];
    appeals.change({ class: 'test', text: '检测是阴性。' });
    await appeals.send();
    expect(state).toMatchObject({ refused: { code: 'appeal-open' }, form: { class: 'test' } });
  });
});
