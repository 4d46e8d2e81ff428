import { describe, expect, it } from 'vitest';
import { hashPassword, isPassword, passwordProblem } from '../../../src/hub/operators/password.ts';

const salt = Uint8Array.from({ length: 16 }, (_, i) => i);

describe('a password', () => {
  it('is kept as scrypt with N = 2^17, and found right again', async () => {
    const hash = await hashPassword('a gate in the rain', salt);
    expect(hash).toMatch(/^scrypt\$17\$8\$1\$[\w-]{22}\$[\w-]{43}$/);
    expect(await isPassword('a gate in the rain', hash)).toBe(true);
    expect(await isPassword('a gate in the Rain', hash)).toBe(false);
  });

  it('is the same however a keyboard writes its accents', async () => {
    const hash = await hashPassword('caf\u00e9 by the gate', salt, 12);
    expect(await isPassword('cafe\u0301 by the gate', hash)).toBe(true);
  });

  it.each([undefined, null, '', 'scrypt', 'scrypt$12$8$1$$', 'md5$12$8$1$AAAAAAAAAAAAAAAAAAAAAA$'])(
    'is never right for what is no hash: %s',
    async (hash) => expect(await isPassword('', hash, 12)).toBe(false),
  );

  it.each([
    ['short', 'elf elf elf', 'short'],
    ['long', 'ab cd ef '.repeat(200), 'long'],
    ['of few letters', 'abababababababab', 'plain'],
    ['with the name in it', 'Wang-Fang 2026', 'name'],
    ['good in Chinese', '雨中的卡口在东门外的路边等', undefined],
    ['good', 'a gate in the rain', undefined],
  ])('that is %s', (_, password, problem) =>
    expect(passwordProblem(password, 'wang-fang')).toBe(problem),
  );
});
