import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { declarationOf, nothingSaid } from '../../../../../src/console/ui/issuing/people/said.ts';
import { declaration } from '../../../../../src/core/health/declaration.ts';

const said = {
  ...nothingSaid,
  ...{ phone: ' 022-12345678 ', address: ' 解放北路 188 号 ', district: '120101' },
};

describe('a declaration typed at the desk', () => {
  it('is one that the issuing side takes, once all of it is there', () => {
    const whole = declarationOf({ ...said, travel: '120102、120103 130600', symptoms: ['cough'] });
    expect(whole).toEqual({
      ...{ phone: '022-12345678', address: '解放北路 188 号', district: '120101' },
      ...{ symptoms: ['cough'], contact: false, abroad: false },
      travel: ['120102', '120103', '130600'],
    });
    expect(v.safeParse(declaration, whole).success).toBe(true);
    expect(declarationOf(said)?.travel).toEqual([]);
  });

  it.each([
    ['no telephone', { phone: '' }],
    ['a telephone of letters', { phone: 'none at all' }],
    ['no address', { address: '  ' }],
    ['a district by its name', { district: '和平区' }],
    ['a place of five digits', { travel: '12010' }],
    ['more places than can be told', { travel: '120101 '.repeat(21) }],
  ])('is none yet with %s', (_, part) => {
    expect(declarationOf({ ...said, ...part })).toBeUndefined();
  });
});
