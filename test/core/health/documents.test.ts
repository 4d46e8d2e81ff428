import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkCharacter } from '../../../src/core/health/check-digits.ts';
import {
  ageOn,
  birthOf,
  type DocumentType,
  documentTypes,
  readDocument,
} from '../../../src/core/health/documents.ts';
import { maskName, maskNumber } from '../../../src/core/health/masks.ts';
import { isClaimText } from '../../../src/core/pass/claim-text.ts';

const today = '2022-03-01';
const read = (type: string, typed: string) => readDocument(type, typed, today);
const withCheck = (digits: string) => digits + (checkCharacter(digits) ?? '');

/** One good number of each type. */
const good: Readonly<Record<DocumentType, string>> = {
  'resident-id': '11010519491231002X', // the example of GB 11643-1999
  'residence-permit': withCheck('81000019900307001'),
  'hk-macao-permit': 'H12345678',
  'taiwan-permit': '12345678',
  'permanent-residence': withCheck('91110819850101001'.slice(0, 17)),
  'permanent-residence-2017': 'USA110085010112',
  passport: 'E12345678',
};

const born = fc
  .date({ min: new Date('1900-01-01'), max: new Date('2022-03-01'), noInvalidDate: true })
  .map((at) => at.toISOString().slice(0, 10).replaceAll('-', ''));
const serial = fc.nat(999).map((n) => String(n).padStart(3, '0'));
const residentId = fc
  .tuple(fc.constantFrom('120101', '130402', '650102', '540121'), born, serial)
  .map((parts) => withCheck(parts.join('')));

describe('numbers of documents', () => {
  it.each(documentTypes)('takes a good one of type %s, however it was typed', (type) => {
    expect(read(type, good[type])).toEqual({ ok: true, value: { type, number: good[type] } });
    const typed = ` ${good[type].toLowerCase().replace(/(.{4})/g, '$1 ')}`;
    expect(read(type, typed)).toEqual(read(type, good[type]));
  });

  it('of a resident id: any one digit changed, or two neighbours swapped, is found by the check character', () => {
    fc.assert(
      fc.property(residentId, fc.nat(16), fc.nat(9), (number, at, digit) => {
        expect(read('resident-id', number).ok).toBe(true);
        const changed = number.slice(0, at) + digit + number.slice(at + 1);
        if (changed !== number) expect(read('resident-id', changed).ok).toBe(false);
        const [a = '', b = ''] = number.slice(at);
        const swapped = number.slice(0, at) + b + a + number.slice(at + 2);
        if (swapped !== number) expect(read('resident-id', swapped).ok).toBe(false);
      }),
    );
  });

  it('knows of each fault what it is', () => {
    const problem = (type: string, number: string) => {
      const { ok, ...rest } = read(type, number);
      return ok ? 'good' : 'error' in rest && rest.error;
    };
    expect(problem('driving-licence', '1')).toBe('type');
    expect(problem('resident-id', '11010519491231002')).toBe('shape');
    expect(problem('resident-id', '110105194912310021')).toBe('check');
    expect(problem('resident-id', withCheck('81000019900307001'))).toBe('region');
    expect(problem('resident-id', withCheck('12010119900230001'))).toBe('birth');
    expect(problem('resident-id', withCheck('12010120220302001'))).toBe('birth'); // tomorrow
    expect(problem('residence-permit', withCheck('84000019900307001'))).toBe('region');
    expect(problem('permanent-residence', withCheck('81110819850101001'))).toBe('region');
    expect(problem('permanent-residence-2017', 'USA110085023112')).toBe('birth');
    expect(problem('taiwan-permit', '1234567')).toBe('shape');
    expect(problem('passport', 'E12_345')).toBe('shape');
  });

  it('is one spelling for one person: the count of cards is no part of a permit from Hong Kong or Macao', () => {
    expect(read('hk-macao-permit', 'h1234567802')).toEqual(read('hk-macao-permit', 'H12345678'));
    expect(read('resident-id', '１１０１０５１９４９１２３１００２ｘ')).toEqual(
      read('resident-id', '11010519491231002X'),
    );
  });

  it('never throws, whatever is typed', () => {
    fc.assert(
      fc.property(fc.constantFrom('toString', ...documentTypes), fc.string(), (type, typed) => {
        expect(typeof read(type, typed).ok).toBe('boolean');
      }),
    );
  });

  it('tells the birth day and the age by it', () => {
    expect(birthOf({ type: 'resident-id', number: good['resident-id'] })).toBe('1949-12-31');
    expect(birthOf({ type: 'passport', number: good.passport })).toBeUndefined();
    expect(ageOn('2004-03-01', today)).toBe(18);
    expect(ageOn('2004-03-02', today)).toBe(17);
  });
});

describe('what a guard sees of a person', () => {
  it.each([
    ['张小三', '张*三'],
    ['李花', '李*'],
    ['王', '*'],
    ['欧阳小小明', '欧*明'],
    ['John Smith', 'J***n S***h'],
    ['Li', 'L***'],
    ['X', '*'],
  ])('of the name %s is %s', (name, masked) => expect(maskName(name)).toBe(masked));

  it('is never the whole name, and always a text that a pass can hold', () => {
    const letter = fc.constantFrom('张', '三', '𠮷', 'é', 'a', 'B', ' ', '·', '\u202e', '\u200b');
    fc.assert(
      fc.property(fc.string({ unit: letter, minLength: 1, maxLength: 60 }), (name) => {
        const masked = maskName(name);
        expect(isClaimText(masked, 48)).toBe(true);
        expect(masked).toContain('*');
        if (name.trim().length > 1) expect(masked).not.toContain(name.trim());
      }),
    );
  });

  it('of a number is two characters at each end at most', () => {
    expect(maskNumber('11010519491231002X')).toBe('11…2X');
    expect(maskNumber('E1234')).toBe('…4');
    expect(isClaimText(maskNumber('11010519491231002X'), 24)).toBe(true);
  });
});
