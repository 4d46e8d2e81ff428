import { beforeEach, describe, expect, it } from 'vitest';
import type { Declared, Self } from '../../../src/citizen/app/answers.ts';
import {
  type DeclareState,
  formOf,
  notDeclaring,
} from '../../../src/citizen/app/declarations/declarations-state.ts';
import {
  createDeclare,
  type DeclareActions,
} from '../../../src/citizen/app/declarations/declare-actions.ts';
import type { Declaration } from '../../../src/core/health/declaration.ts';
import { err, ok } from '../../../src/core/result.ts';
import { epochMillis } from '../../../src/core/units.ts';
import type { Answer } from '../../../src/ports/ask-json.ts';

/** A service that holds declarations, and a line to it that can break before or after. */
let store: Map<string | undefined, Declared[]>;
let line: 'whole' | 'gone' | 'breaks-after' | 'full';
let state: DeclareState;
let declare: DeclareActions;
let sent: number;
let told: number;

const answers = { ill: false, contact: false, travelled: false, abroad: false } as const;
const where = { phone: '13800138000', address: '解放北路188号', district: '120101' } as const;
const whole = { ...where, ...answers };

const of = (whose: string | undefined) => store.get(whose) ?? [];
const self = (whose: string | undefined): Self => ({
  ...{ id: whose ?? 'me', type: 'resident-id', name: '张*三', number: '12…01', state: null },
  ...{ until: null, code: 'declare-first', notices: [], now: epochMillis(1_000_000) },
  declaredAt: of(whose)[0]?.at ?? null,
  declarationsLeft: 3 - of(whose).length,
  ...(whose !== 'grown' && { because: [] }),
});

beforeEach(() => {
  store = new Map();
  line = 'whole';
  sent = 0;
  told = 0;
  state = notDeclaring;
  const through = <T>(answer: () => T): Answer<T> =>
    line === 'gone' ? err({ code: 'offline' }) : ok(answer());
  declare = createDeclare({
    slice: {
      get: () => state,
      set: (change) => {
        state = { ...state, ...change };
      },
    },
    remote: {
      districts: async () => through(() => ({ districts: [] })),
      me: async (whose) => through(() => self(whose)),
      declarations: async (whose) => {
        if (whose === 'grown') return err({ code: 'not-your-relative' });
        return through(() => ({ declarations: of(whose) }));
      },
      async declare(declaration: Declaration, whose) {
        sent++;
        if (line === 'gone') return err({ code: 'offline' });
        if (line === 'full') return err({ code: 'declared-thrice', waitS: 60 });
        const at = epochMillis(1000 * (1 + [...store.values()].flat().length));
        store.set(whose, [{ ...declaration, at }, ...of(whose)]);
        if (line === 'breaks-after') return err({ code: 'offline' });
        return ok({ left: 3 - of(whose).length });
      },
    },
    async cameIn() {
      told++;
    },
  });
});

async function toReview(whose?: string): Promise<void> {
  await declare.open(whose);
  declare.change(whole);
  declare.review();
  expect(state.step).toBe('review');
}

describe('a declaration', () => {
  it('is not sent before it is whole, and blames a field no sooner than it was looked at', async () => {
    await declare.open(undefined);
    declare.change({ phone: 'x' });
    expect(state.problems).toEqual({});
    declare.review();
    expect(state).toMatchObject({ step: 'form', looked: 1, problems: { phone: 'shape' } });
    await declare.send();
    expect(sent).toBe(0);
    declare.change({ phone: '13800138000' });
    expect(state.problems.phone).toBeUndefined();
    expect(state.problems.address).toBe('missing');
  });

  it('that came in is told once, and its draft is forgotten', async () => {
    await toReview();
    await Promise.all([declare.send(), declare.send()]);
    expect(sent).toBe(1);
    expect(state).toMatchObject({ step: 'done', done: { left: 2 } });
    expect(told).toBe(1);
    expect(declare.isUnsent()).toBe(false);
  });

  it('that found no line is still there, whole, on another page and back', async () => {
    await toReview();
    line = 'gone';
    await declare.send();
    expect(state).toMatchObject({ step: 'review', refusal: { code: 'offline' } });
    expect(declare.isUnsent()).toBe(true);
    line = 'whole';
    await declare.open(undefined);
    expect(formOf(state)).toMatchObject(whole);
    await declare.send();
    expect(state.step).toBe('done');
    expect(of(undefined)).toHaveLength(1);
  });

  it('whose answer was lost is found, even after the page was left: no second of the three is spent', async () => {
    await toReview();
    line = 'breaks-after';
    await declare.send();
    expect(state.step).toBe('review');
    line = 'whole';
    await declare.open(undefined);
    await declare.send();
    expect(state).toMatchObject({ step: 'done', done: { left: 2, hadArrived: true } });
    expect(of(undefined)).toHaveLength(1);
  });

  it('that says something else than the one that came in is sent', async () => {
    await toReview();
    line = 'breaks-after';
    await declare.send();
    line = 'whole';
    declare.back();
    declare.change({ ill: true, symptoms: ['fever'] });
    declare.review();
    await declare.send();
    expect(state.done).toEqual({ left: 1 });
    expect(of(undefined).map(({ symptoms }) => symptoms)).toEqual([['fever'], []]);
  });

  it('as yesterday’s, with an unsure line: the older one is not taken for it', async () => {
    await toReview();
    await declare.send();
    await declare.anew();
    declare.change(answers);
    declare.review();
    line = 'gone';
    await declare.send();
    line = 'whole';
    await declare.send();
    expect(of(undefined)).toHaveLength(2);
    expect(state.done).toEqual({ left: 1 });
  });

  it('of a grown relative cannot be looked for, so it is sent again: the last one counts', async () => {
    await toReview('grown');
    line = 'breaks-after';
    await declare.send();
    line = 'whole';
    await declare.send();
    expect(of('grown')).toHaveLength(2);
    expect(state.step).toBe('done');
  });

  it('the fourth of a day keeps what was filled in, and says that none is left', async () => {
    await toReview();
    line = 'full';
    await declare.send();
    expect(state).toMatchObject({ refusal: { code: 'declared-thrice' }, about: { left: 0 } });
    expect(formOf(state)).toMatchObject(whole);
  });

  it('for a child has a draft of its own', async () => {
    await declare.open(undefined);
    declare.change({ phone: '111111' });
    await declare.open('child');
    expect(formOf(state).phone).toBe('');
    declare.change({ phone: '222222' });
    await declare.open(undefined);
    expect(formOf(state).phone).toBe('111111');
  });

  it('opened for two in haste shows the later one', async () => {
    store.set('child', [
      { ...where, symptoms: [], contact: false, travel: [], abroad: false, at: epochMillis(5) },
    ]);
    const first = declare.open('child');
    await Promise.all([first, declare.open(undefined)]);
    expect(state.whose).toBeUndefined();
    expect(formOf(state).phone).toBe('');
  });
});
