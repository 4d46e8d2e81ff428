import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { issue, pass, run, verify } from './run.ts';

const at = 1_800_000_000;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kakou-cli-'));
});
afterAll(() => rm(folder, { recursive: true }));

const file = (name: string): string => join(folder, name);
const json = ({ out }: { out: string }) => JSON.parse(out);

describe('the exit code is the verdict', () => {
  test.each([
    [0, 'pass', 'admitted', ['--state', 'g'], ['--at', `${at + 89}`]],
    [1, 'check', 'colour-caution', ['--state', 'o'], []],
    [2, 'stop', 'colour-stop', ['--state', 'r'], []],
    [2, 'stop', 'stale', ['--state', 'g'], ['--at', `${at + 91}`]],
    [2, 'stop', 'revoked', ['--index', '7'], []],
    [3, 'unknown', 'from-the-future', ['--state', 'g'], ['--at', `${at - 31}`]],
    [3, 'unknown', 'original-way', ['--state', 'g'], ['--venue', 'hospital']],
    [1, 'check', 'temperature-needed', ['--form', 'jwt'], ['--venue', 'school']],
    [2, 'stop', 'temperature-high', [], ['--venue', 'school', '--temperature', '37.3']],
    [0, 'pass', 'admitted', [], ['--venue', 'school', '--temperature', '37.2']],
    [1, 'check', 'notice', ['--issuer', 'CN', '--state', 'n', '--notice', 'a1'], []],
    [2, 'stop', 'wrong-gate', ['--aud', 'demo-gate'], ['--gate', 'other']],
  ])(
    '%i for %s/%s',
    async (code, state, reason, issueArgs, verifyArgs) => {
      const text = await pass('--at', `${at}`, ...issueArgs);
      const ran = await verify(text, '--json', '--at', `${at}`, ...verifyArgs);
      expect([ran.code, json(ran).state, json(ran).reason]).toEqual([code, state, reason]);
    },
    20_000,
  );
});

test('the JSON says who issued it and how old it is, and never a name or id', async () => {
  const ran = await verify(await pass('--at', `${at}`), '--json', '--at', `${at + 5}`);
  expect(json(ran)).toMatchObject({ kind: 'live', issuer: 'CN-TJ', st: 'g', ageS: 5 });
  expect(ran.out).not.toMatch(/张|2X/);
});

test('a bad signature shows no claims at all', async () => {
  const [header, , signature] = (await pass('--form', 'jwt', '--at', `${at}`)).split('.');
  const [, payload] = (await pass('--form', 'jwt', '--at', `${at}`)).split('.');
  const ran = await verify(`${header}.${payload}.${signature}`, '--json', '--at', `${at}`);
  expect([ran.code, json(ran)]).toEqual([2, { state: 'stop', reason: 'bad-signature' }]);
});

describe('a picture', () => {
  test.each(['png', 'jpg', 'webp'])('of a fresh code passes as %s', async (format) => {
    const issued = await issue('--at', `${at}`, '--png', file('pass.png'));
    expect(issued).toEqual({ code: 0, out: '', err: '' });
    await sharp(file('pass.png')).toFile(file(`copy.${format}`));
    const ran = await verify(file(`copy.${format}`), '--json', '--at', `${at}`);
    expect([ran.code, json(ran).reason]).toEqual([0, 'admitted']);
  });

  test('without a code is no pass', async () => {
    const white = sharp({ create: { width: 300, height: 300, channels: 3, background: '#fff' } });
    await white.png().toFile(file('white.png'));
    const ran = await verify(file('white.png'), '--json');
    expect([ran.code, json(ran)]).toEqual([
      3,
      { state: 'unknown', reason: 'not-a-pass', what: 'empty' },
    ]);
  });

  test('with two different codes is not guessed at', async () => {
    await issue('--png', file('a.png'));
    await issue('--png', file('b.png'));
    const { width = 0, height = 0 } = await sharp(file('a.png')).metadata();
    await sharp({ create: { width: 2 * width, height, channels: 3, background: '#fff' } })
      .composite([
        { input: file('a.png'), left: 0, top: 0 },
        { input: file('b.png'), left: width, top: 0 },
      ])
      .toFile(file('two.png'));
    const ran = await verify(file('two.png'), '--json');
    expect([ran.code, json(ran)]).toEqual([65, { error: 'several-codes' }]);
  });

  test('that is missing or is none has its own error', async () => {
    await writeFile(file('broken.png'), 'no picture');
    await writeFile(file('drawing.webp'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
    const results = await Promise.all(
      ['none.png', 'broken.png', 'drawing.webp'].map((name) => verify(file(name), '--json')),
    );
    expect(results.map((ran) => [ran.code, json(ran).error])).toEqual([
      [66, 'file-missing'],
      [65, 'picture-unreadable'],
      [65, 'picture-unreadable'],
    ]);
  });
});

describe('wrong usage ends with 64 and repeats no argument', () => {
  test.each([
    [['--bogus']],
    [[]],
    [['KK1:SECRET', 'KK1:SECRET']],
    [['KK1:SECRET', '--at', 'KK1:SECRET']],
    [['KK1:SECRET', '--venue', 'KK1:SECRET']],
    [['KK1:SECRET', '--temperature', '20']],
    [['KK1:SECRET', '--KK1:SECRET']],
    [['--json=KK1:SECRET']],
  ])('%j', async (args) => {
    const ran = await verify(...args);
    expect(ran.code).toBe(64);
    expect(ran.err).not.toBe('');
    expect(ran.err + ran.out).not.toContain('SECRET');
  });

  test('for issue too', async () => {
    const results = await Promise.all([
      issue('--text', '--state', 'x'),
      issue('--text', 'stray'),
      issue('--state', 'g'),
      issue('--text', '--kind', 'credential', '--form', 'jwt'),
    ]);
    expect(results.map(({ code }) => code)).toEqual([64, 64, 64, 64]);
  });
});

test('a thousand lines give a thousand verdicts in their order', async () => {
  const [green, red] = [await pass('--at', `${at}`), await pass('--at', `${at}`, '--state', 'r')];
  const lines = Array.from({ length: 1000 }, (_, n) => (n % 7 === 0 ? red : n % 5 ? green : 'hi'));
  const ran = await run('cli/verify', ['-', '--json', '--at', `${at}`], `${lines.join('\n')}\n`);
  const states = ran.out.trimEnd().split('\n');
  expect(ran.code).toBe(0);
  expect(states.map((line) => JSON.parse(line).state)).toEqual(
    lines.map((line) => (line === red ? 'stop' : line === green ? 'pass' : 'unknown')),
  );
});

describe('a folder of trust files', () => {
  test('decides like the host it came from, until it has expired', async () => {
    const out = file('trust');
    expect((await run('demo/main', ['publish', '--dir', out, '--at', `${at}`])).code).toBe(0);
    const text = await pass('--at', `${at}`);
    const fresh = await verify(text, '--json', '--at', `${at}`, '--trust', out);
    expect([fresh.code, json(fresh).reason]).toEqual([0, 'admitted']);
    const late = `${at + 72 * 3600}`;
    const expired = await verify(await pass('--at', late), '--json', '--at', late, '--trust', out);
    expect([expired.code, json(expired).reason]).toEqual([3, 'trust-expired']);
  });

  test('with one changed byte in a list is refused as a whole', async () => {
    const out = file('tampered');
    await run('demo/main', ['publish', '--dir', out, '--at', `${at}`]);
    await writeFile(join(out, 'v1', 'deltas', 'CN-TJ'), 'eyJ.eyJ.x');
    const ran = await verify(
      await pass('--at', `${at}`),
      '--json',
      '--at',
      `${at}`,
      '--trust',
      out,
    );
    expect([ran.code, json(ran)]).toEqual([65, { error: 'trust-refused' }]);
    expect(ran.err).toContain('CN-TJ');
  });

  test('of a real authority counts only from its own root 1 on', async () => {
    const dir = file('authority');
    const keys = (...args: string[]) => run('authority/ceremony/main', [...args, '--dir', dir]);
    expect((await keys('init', '--at', `${at}`)).code).toBe(0);
    expect((await keys('publish', '--at', `${at}`)).code).toBe(0);
    expect((await keys('publish', '--hours', '73')).code).toBe(64);
    expect((await keys('revoke', '--issuer', 'CN-TJ', '--index', '1')).code).toBe(1);
    const args = [await pass('--at', `${at}`), '--json', '--at', `${at}`];
    args.push('--trust', join(dir, 'public'));
    const demo = await verify(...args);
    expect([demo.code, json(demo)]).toEqual([65, { error: 'trust-refused' }]);
    const own = await verify(...args, '--root', join(dir, 'public', 'v1', 'root', '1'));
    expect([own.code, json(own).reason]).toEqual([3, 'unknown-issuer']);
  });

  test('that is not there is an error, not a verdict', async () => {
    const ran = await verify('KK1:', '--json', '--trust', file('nowhere'));
    expect([ran.code, json(ran)]).toEqual([65, { error: 'trust-missing' }]);
  });
});
