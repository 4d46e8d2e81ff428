import { describe, expect, it } from 'vitest';
import { CommandError, refusal, usageError } from '../../src/node/command-error.ts';
import { asksFor, readArgs } from '../../src/node/command-line.ts';
import { Unavailable } from '../../src/node/database.ts';
import { ending } from '../../src/node/program.ts';

const options = {
  key: { type: 'string' },
  trust: { type: 'string', multiple: true },
  json: { type: 'boolean' },
} as const;
const device = '-lxxxxxxxxxxxxxxxxxxxA';
const dashed = '--xxxxxxxxxxxxxxxxxxxA';
const thumbprint = `-${'k'.repeat(42)}`;

describe('an id that begins with a dash is an id', () => {
  it.each([device, dashed, thumbprint])('%s by itself, before and after options', (id) => {
    for (const args of [
      [id, '--json'],
      ['--json', id],
      ['--', id],
    ])
      expect(readArgs(args, options, ['DEVICE']).positionals).toEqual([id]);
  });

  it.each([device, dashed, thumbprint])('%s as the value of an option', (id) => {
    expect(readArgs(['--key', id], options).values.key).toBe(id);
    expect(readArgs([`--key=${id}`], options).values.key).toBe(id);
  });

  it('another value that begins with a dash is given with an equals sign', () => {
    expect(() => readArgs(['--key', '-1'], options)).toThrow('--key needs a value');
    expect(readArgs(['--key=-1'], options).values.key).toBe('-1');
  });
});

it('what may be a token is not repeated, in no spelling', () => {
  for (const args of [['--KK1:SECRET'], ['-SECRET'], ['--json=SECRET'], ['--colour=SECRET']])
    expect(() => readArgs(args, options)).toThrow(/^(?!.*(SECRET|-S)).+$/);
});

it('an option of every object is none of ours', () => {
  for (const name of ['--constructor', '--toString', '--__proto__'])
    expect(() => readArgs([name], options)).toThrow('there is no option');
});

it('says which argument is lacking, and how many there may be', () => {
  expect(() => readArgs([], options, ['DEVICE'])).toThrow('say which DEVICE');
  expect(() => readArgs(['a', 'b'], options, ['[DEVICE]'])).toThrow('one DEVICE at most');
  expect(() => readArgs(['a'], options)).toThrow('options only');
  expect(readArgs([], options, ['[DEVICE]']).positionals).toEqual([]);
});

it('takes a list option as often as it is given', () => {
  expect(readArgs(['--trust', 'a', '--trust=b'], options).values.trust).toEqual(['a', 'b']);
});

it('finds a flag among the options alone', () => {
  expect(asksFor('--json', ['x', '--json'])).toBe(true);
  expect(asksFor('--json', ['--', '--json'])).toBe(false);
});

describe('a program ends', () => {
  const end = async (thrown: unknown, asJson = false) => {
    const [out, err]: [string[], string[]] = [[], []];
    const io = { out: (text: string) => out.push(text), err: (text: string) => err.push(text) };
    const code = await ending('kakou', asJson, io, () => Promise.reject(thrown));
    return { code, out, err };
  };

  it.each([
    ['refused', refusal('no such device'), 1, 'kakou: no such device'],
    ['not proven', new CommandError('no keys', 2), 2, 'kakou: no keys'],
    ['wrong usage', usageError('--dir is needed'), 64, 'kakou: --dir is needed; see --help'],
    ['no database', new Unavailable(new Error('pw')), 69, 'kakou: the database is not available'],
  ])('%s with one line and its code', async (_, thrown, code, said) => {
    expect(await end(thrown)).toEqual({ code, out: [], err: [said] });
  });

  it('unexpected with 70, and says where and not what: it may hold anything', async () => {
    const { code, err } = await end(new TypeError('a row of \u001b[2J SECRET'));
    expect([code, err.length]).toEqual([70, 1]);
    expect(err[0]).toMatch(/^kakou: something unexpected went wrong: TypeError at [^\n]*test\.ts/);
    expect(err[0]).not.toContain('SECRET');
  });

  it('with one JSON document on stdout when asked for', async () => {
    expect((await end(refusal('no'), true)).out).toEqual(['{"error":"refused"}']);
    expect((await end(null, true)).out).toEqual(['{"error":"internal"}']);
  });

  it('nothing of a message makes a line of its own', async () => {
    expect((await end(refusal('one\ntwo\u001b[2J'))).err).toEqual([
      'kakou: one\\u{a}two\\u{1b}[2J',
    ]);
  });
});
