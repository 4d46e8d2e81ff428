import { expect, it } from 'vitest';
import { emptyAppeal } from '../../../src/citizen/app/appeals/appeals-state.ts';
import { emptyForm } from '../../../src/citizen/app/declarations/form.ts';
import { emptyChild } from '../../../src/citizen/app/relatives/relatives-form.ts';
import { type CitizenState, put } from '../../../src/citizen/app/store.ts';
import { isUnsent } from '../../../src/citizen/app/unsent.ts';
import { citizenWorld } from '../../support/citizen-world.ts';

const state = async () => (await citizenWorld()).citizen.store.getState();
const phone = new Map([[undefined, { ...emptyForm, phone: '138' }]]);
const relative = new Map([['r1', { ...emptyForm, address: '解放北路' }]]);
const poster = { isGood: false, why: 'not-a-poster' } as const;
const bound = { aud: 'gate-1', place: '馆', at: 1, whose: [] } as never;
const made = { code: 'ABCDE23456', exp: 2, now: 1 } as never;

it('a page on which nothing was typed may be loaded anew', async () => {
  expect(isUnsent(await state())).toBe(false);
});

it.each<[string, (now: CitizenState) => Partial<CitizenState>]>([
  ['a declaration', ({ declare }) => ({ declare: { ...declare, drafts: phone } })],
  [
    'one for a relative who is not shown',
    ({ declare }) => ({ declare: { ...declare, drafts: relative } }),
  ],
  ['a declaration on its way', ({ declare }) => ({ declare: { ...declare, sending: true } })],
  ['one that may have come in', ({ declare }) => ({ declare: { ...declare, doubtSince: 0 } })],
  [
    'an appeal',
    ({ appeals }) => ({ appeals: { ...appeals, form: { ...emptyAppeal, text: '不' } } }),
  ],
  ['an appeal on its way', ({ appeals }) => ({ appeals: { ...appeals, sending: true } })],
  ['a child', ({ family }) => ({ family: { ...family, child: { ...emptyChild, name: '李' } } })],
  ['a consent code', ({ family }) => ({ family: { ...family, typed: 'AB' } })],
  ['a relative being added', ({ family }) => ({ family: { ...family, busy: 'adult' } })],
  ['a consent code that is shown once', ({ family }) => ({ family: { ...family, made } })],
  [
    'an application for a code of a place',
    ({ venues }) => ({ venues: { ...venues, form: { ...venues.form, name: '馆' } } }),
  ],
  ['one on its way', ({ venues }) => ({ venues: { ...venues, sending: true } })],
  ['a poster that is looked at', ({ visits }) => ({ visits: { ...visits, found: poster } })],
  ['going in by it', ({ visits }) => ({ visits: { ...visits, entering: true } })],
  ['a code bound to the place one is in', ({ code }) => ({ code: { ...code, bound } })],
])('%s keeps it from being loaded anew', async (_, change) => {
  const now = await state();
  expect(isUnsent({ ...now, ...change(now) })).toBe(true);
});

it('what was declared and has come in keeps it no longer', async () => {
  const { citizen } = await citizenWorld();
  const { store } = citizen;
  put(store, 'declare', { ...store.getState().declare, drafts: phone });
  expect(isUnsent(store.getState())).toBe(true);
  put(store, 'declare', { ...store.getState().declare, drafts: new Map() });
  expect(isUnsent(store.getState())).toBe(false);
});
