import { describe, expect, it } from 'vitest';
import { ceremony, run as runKeys } from '../../src/authority/ceremony/commands/run.ts';
import { runVerifyExport } from '../../src/cli/run-verify-export.ts';
import { runDemoKeys } from '../../src/demo/run-demo-keys.ts';
import { hubProgram } from '../../src/hub/commands/commands.ts';
import { runHub } from '../../src/hub/commands/run.ts';
import { readOptions } from '../../src/hub/start/options.ts';
import { ask, issue, type Ran, run as runProcess, verify } from '../cli/run.ts';

type Run = (...args: string[]) => Promise<Ran>;

const never = async (): Promise<number> => {
  throw new Error('it was to be refused before anything is done');
};
const serve = async (args: readonly string[]) => readOptions(args, {}).port;
const hub: Run = (...args) =>
  ask((given, io) => runHub(given, io, { serve, operate: never }), args);
const keys: Run = (...args) => ask((given, io) => runKeys(given, { ...io, clock: () => 0 }), args);
const demoKeys: Run = (...args) => ask(runDemoKeys, args);

/** Every program and command, an option of it that takes a value, and whether it offers `--json`. */
const all: readonly (readonly [name: string, run: Run, valued: string, json: boolean])[] = [
  ['hub', hub, '--port', false],
  ...[...hubProgram.commands.keys()].map(
    (name) => [`hub ${name}`, (...args: string[]) => hub(name, ...args), '--data', true] as const,
  ),
  ...[...ceremony.commands.keys()].map(
    (name) => [`keys ${name}`, (...args: string[]) => keys(name, ...args), '--dir', true] as const,
  ),
  ['demo-keys', demoKeys, '', false],
  ...['init', 'publish'].map((name) => {
    const run: Run = (...args) => demoKeys(name, ...args);
    return [`demo-keys ${name}`, run, '--dir', true] as const;
  }),
  ['issue', issue, '--state', false],
  ['verify', verify, '--region', true],
  ['verify-export', (...args: string[]) => ask(runVerifyExport, args), '--key', true],
];

const line = /^[a-z][a-z -]*: [^\n]+; see --help\n$/;

describe.each(all)('%s', (name, run) => {
  it('--help says on stdout how it is used, and ends with 0, whatever else is typed', async () => {
    for (const more of [[], ['--colour', 'red']]) {
      const ran = await run('--help', ...more);
      expect([ran.code, ran.err]).toEqual([0, '']);
      expect(ran.out).toContain('Usage: npm run ');
      expect(ran.out).toContain(name.split(' ').at(-1));
    }
  });

  it('an option it does not know is named in one line, and ends with 64', async () => {
    const ran = await run('--colour', 'red');
    expect([ran.code, name === 'verify-export' ? '' : ran.out]).toEqual([64, '']);
    expect(ran.err).toMatch(line);
    expect(ran.err).toContain(name === 'demo-keys' ? 'no command' : 'there is no option --colour');
  });

  it('nothing of what was typed reaches the terminal raw', async () => {
    const ran = await run('--\u001b[2J\u202e', '\u009b');
    expect(ran.code).toBe(64);
    expect(ran.err.trimEnd()).toMatch(/^[\x20-\x7e]+$/);
  });
});

describe.each(all.filter(([, , valued]) => valued))('%s', (_, run, valued) => {
  it('an option without its value is named in one line, and ends with 64', async () => {
    for (const more of [[], ['--colour'], ['--']]) {
      const ran = await run(valued, ...more);
      expect(ran.code).toBe(64);
      expect(ran.err).toMatch(line);
      expect(ran.err).toContain(`${valued} needs a value`);
    }
  });
});

describe.each(all.filter(([, , , json]) => json))('%s', (_, run) => {
  it('--json answers with one JSON document, also when it refuses', async () => {
    const ran = await run('--json', '--colour');
    expect([ran.code, ran.out]).toEqual([64, '{"error":"usage"}\n']);
    expect(ran.err).toContain('there is no option --colour');
  });
});

describe.each([
  ['hub', hub],
  ['keys', keys],
  ['demo-keys', demoKeys],
] as const)('%s', (name, run) => {
  it('a command that it does not know is named, escaped, and ends with 64', async () => {
    const ran = await run('devcies\u001b[2J');
    expect([ran.code, ran.out]).toEqual([64, '']);
    expect(ran.err).toMatch(
      /^[a-z][a-z -]*: there is no command devcies\\u\{1b\}\[2J; see --help\n$/,
    );
  });

  it('help of one command is about that command, all of it from either side', async () => {
    const [known = ''] = name === 'hub' ? ['devices'] : ['init'];
    const [before, after] = [await run('help', known), await run(known, '--help')];
    expect(before).toEqual(after);
    expect(before.out).toContain(`npm run --silent ${name} -- ${known}`);
    expect(before.out).not.toContain('quarantine');
  });
});

describe('the hub and the ceremony as processes', () => {
  it.each(['hub/main', 'authority/ceremony/main', 'demo/main'])(
    '%s ends the same way',
    async (path) => {
      const [help, wrong] = [
        await runProcess(path, ['--help']),
        await runProcess(path, ['devcies', '--json']),
      ];
      expect([help.code, help.err]).toEqual([0, '']);
      expect(help.out).toContain('Usage: npm run ');
      expect([wrong.code, wrong.out]).toEqual([64, '{"error":"usage"}\n']);
      expect(wrong.err).toMatch(line);
    },
  );
});
