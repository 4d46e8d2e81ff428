import { describe, expect, it } from 'vitest';
import { emptyHead } from '../../../src/core/log/entry.ts';
import { parseEntry } from '../../../src/core/log/entry-schema.ts';
import { checkDigit, type ManualForm, manualBody } from '../../../src/core/log/manual.ts';
import { someEntries } from '../../support/log-entries.ts';

const form: ManualForm = { category: 'elder', tail: '', companions: 0 };
const paper = (digits: string) => `${digits}${checkDigit(digits)}`;

describe('the check digit of a paper code', () => {
  it.each(['07945', '69435151530', '86095742719'])(
    'agrees with numbers issued elsewhere under ISO/IEC 7064 MOD 11,10: %s',
    (number) => expect(checkDigit(number.slice(0, -1))).toBe(Number(number.at(-1))),
  );

  it('finds every single wrong digit', () => {
    const good = paper('4711052');
    for (let place = 0; place < good.length; place++) {
      for (let digit = 0; digit <= 9; digit++) {
        const typed = good.slice(0, place) + digit + good.slice(place + 1);
        expect(manualBody({ ...form, tail: typed }).ok).toBe(typed === good);
      }
    }
  });
});

describe('a person registered by hand', () => {
  it('leaves out what was not said: nobody along, no temperature, no reason', () => {
    const value = { type: 'manual', category: 'elder', admitted: true };
    expect(manualBody(form)).toStrictEqual({ ok: true, value });
  });

  it('is logged with no more than the form asks', async () => {
    const body = manualBody({ category: 'no-phone', tail: '012X', companions: 2 });
    expect(body).toEqual({
      ok: true,
      value: { type: 'manual', category: 'no-phone', admitted: true, tail: '012X', companions: 2 },
    });
    if (!body.ok) return;
    const [entry] = await someEntries(1, 'device-1', emptyHead, body.value);
    expect(parseEntry(entry)).toBeDefined();
  });

  it.each([
    ['0T47', '0T47'],
    ['456A', '456A'],
    ['12A34', '2A34'],
    ['１２３４', '1234'],
    ['００１ｘ', '001X'],
    ['110101199001011234', '1234'],
    ['11010119900101001x', '001X'],
    ['110101 19900101 1234', '1234'],
    ['M1234567(A)', '567A'],
    ['E12345678', '5678'],
    ['张三 1234', '1234'],
    ['012X', '012X'],
  ])('is logged with the end of what was typed or pasted: %s as %s', async (typed, tail) => {
    const body = manualBody({ ...form, tail: typed });
    expect(body).toMatchObject({ ok: true, value: { tail } });
    if (!body.ok) return;
    const [entry] = await someEntries(1, 'device-1', emptyHead, body.value);
    expect(parseEntry(entry)).toBeDefined();
  });

  it.each(['12', '张三李四', 'ZHANG', '张san feng', '12 4', '12345', '1234567', '…', '٠١٢٣'])(
    'cannot be logged with %j: only four characters of an ID or a paper number are kept',
    (tail) => expect(manualBody({ ...form, tail })).toEqual({ ok: false, error: 'tail' }),
  );

  it('is not let in with a fever, but refused with its reason', () => {
    const hot = { ...form, temperatureC: 37.3 };
    expect(manualBody(hot, 37.3)).toEqual({ ok: false, error: 'fever' });
    expect(manualBody({ ...hot, refusal: 'fever' }, 37.3)).toMatchObject({
      value: { admitted: false, note: 'fever', temperatureC: 37.3 },
    });
    expect(manualBody({ ...form, temperatureC: 37.2 }, 37.3).ok).toBe(true);
  });

  it.each([-1, 10, 1.5, Number.NaN])('cannot bring %d companions', (companions) => {
    expect(manualBody({ ...form, companions })).toEqual({ ok: false, error: 'companions' });
  });
});
