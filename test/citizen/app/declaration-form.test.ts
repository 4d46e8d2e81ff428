import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import {
  type DeclarationForm,
  emptyForm,
  nextForm,
  problemsOf,
  readForm,
  saysSame,
} from '../../../src/citizen/app/declarations/form.ts';
import { type Declaration, declaration } from '../../../src/core/health/declaration.ts';

const whole: DeclarationForm = {
  ...{ phone: '138 0013 8000', address: '解放北路188号', district: '120101', seenAt: '' },
  ...{ ill: false, symptoms: [], contact: false, travelled: false, travel: [], abroad: false },
};
const read = (over: Partial<DeclarationForm>): Declaration => {
  const found = readForm({ ...whole, ...over });
  if (!found.ok) throw new Error(JSON.stringify(found.error));
  return found.value;
};

describe('a declaration as it is filled in', () => {
  it('empty: every field that is wanted says so, and none is answered by itself', () => {
    expect(problemsOf(emptyForm)).toEqual({
      ...{ phone: 'missing', address: 'missing', district: 'missing', ill: 'missing' },
      ...{ contact: 'missing', travelled: 'missing', abroad: 'missing' },
    });
  });

  it('whole: as the service takes it, without what was not said', () => {
    expect(read({})).toEqual({
      ...{ phone: '138 0013 8000', address: '解放北路188号', district: '120101' },
      ...{ symptoms: [], contact: false, travel: [], abroad: false },
    });
    expect(read({ seenAt: '120102' })).toMatchObject({ seenAt: '120102' });
  });

  it.each([
    ['full-width digits', { phone: '１３８００１３８０００' }, '13800138000'],
    ['a number of another country', { phone: '+49 89 1234567' }, '+49 89 1234567'],
  ])('takes %s', (_, over, phone) => expect(read(over).phone).toBe(phone));

  it.each<[string, Partial<DeclarationForm>, object]>([
    ['a number without digits', { phone: '-----' }, { phone: 'shape' }],
    ['letters for a number', { phone: 'none' }, { phone: 'shape' }],
    ['an address of nothing but blanks', { address: ' \n ' }, { address: 'missing' }],
    ['an address of 101 characters', { address: '路'.repeat(101) }, { address: 'long' }],
    ['text turned round by an unseen mark', { address: '1\u202e号' }, { address: 'unseen' }],
    ['half a district', { district: '1201' }, { district: 'shape' }],
    ['ill, and not how', { ill: true }, { symptoms: 'missing' }],
    ['been away, and not where', { travelled: true, travel: [''] }, { travel: 'missing' }],
    ['a place that is no code', { travelled: true, travel: ['天津'] }, { travel: 'shape' }],
    [
      'more places than are taken',
      { travelled: true, travel: Array.from({ length: 21 }, (_, at) => String(120101 + at)) },
      { travel: 'long' },
    ],
  ])('refuses %s, at its field', (_, over, problems) => {
    expect(problemsOf({ ...whole, ...over })).toEqual(problems);
  });

  it('what was ticked before the answer became no is not sent', () => {
    const changed = read({ symptoms: ['fever'], travel: ['120102'] });
    expect(changed).toMatchObject({ symptoms: [], travel: [] });
  });

  it('whatever is typed, what it lets through the service takes', () => {
    const text = fc.oneof(fc.string({ unit: 'grapheme' }), fc.string(), fc.constant('120101'));
    const form = fc.record({
      ...{ phone: fc.oneof(text, fc.stringMatching(/^\+?[\d -]{3,22}$/)), address: text },
      ...{ district: fc.oneof(text, fc.stringMatching(/^\d{6}$/)), seenAt: text },
      ...{ ill: fc.boolean(), symptoms: fc.subarray(['fever', 'cough'] as const) },
      ...{ contact: fc.boolean(), travelled: fc.boolean(), abroad: fc.boolean() },
      travel: fc.array(fc.stringMatching(/^\d{5,6}$/), { maxLength: 25 }),
    });
    fc.assert(
      fc.property(form, (filled) => {
        const found = readForm(filled);
        if (found.ok) expect(v.safeParse(declaration, found.value).issues).toBeUndefined();
      }),
    );
  });
});

describe('the next one', () => {
  it('begins with where they live, and asks every question anew', () => {
    const next = nextForm(read({ ill: true, symptoms: ['cough'], seenAt: '120103' }));
    expect(next).toEqual({
      ...{ ...emptyForm, phone: '138 0013 8000', address: '解放北路188号', district: '120101' },
    });
  });

  it('says the same only when every answer does', () => {
    expect(saysSame(read({}), read({}))).toBe(true);
    expect(saysSame(read({}), read({ contact: true }))).toBe(false);
    expect(saysSame(read({}), read({ seenAt: '120101' }))).toBe(false);
  });
});
