import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { commands, runAuthority } from '../../../src/authority/commands/run.ts';
import { generateKey, publicHalf } from '../../../src/authority/keys.ts';
import { columnCipher } from '../../../src/authority/privacy/column-cipher.ts';
import { recompute } from '../../../src/authority/standing/recompute.ts';
import { readOptions, usage } from '../../../src/authority/start/options.ts';
import { readSecrets } from '../../../src/authority/start/secrets-file.ts';
import { addDeclaration } from '../../../src/authority/store/declarations.ts';
import { findPerson, takePerson } from '../../../src/authority/store/persons.ts';
import { epochMillis } from '../../../src/core/units.ts';
import { demoHealthRules } from '../../../src/demo/demo-health-rules.ts';
import type { Sql } from '../../../src/node/database.ts';
import { openAuthority } from '../../support/authority/databases.ts';
import { declared, residentId, someone } from '../../support/authority/people.ts';
import { randomBytes } from '../../support/passes.ts';

let folder: string;
let sql: Sql;
let now = epochMillis(Date.UTC(2026, 5, 1, 2));
const said: string[] = [];
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'kakou-authority-'));
  sql = await openAuthority();
});
afterAll(async () => {
  await sql.close();
  rmSync(folder, { recursive: true });
});
beforeEach(() => void said.splice(0));

/** As typed; what it printed is in `said`. */
function run(...args: string[]): Promise<number> {
  const io = { out: (line: string) => said.push(line), err: (line: string) => said.push(line) };
  return runAuthority([...args, '--data', folder], io, {
    serve: async () => 0,
    desk: {
      ...{ random: randomBytes, now: () => now, env: {} },
      open: async () => ({ ...sql, close: async () => {} }),
    },
  });
}
const file = (name: string, content: unknown) => {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
};
const secretsFile = () => join(folder, 'secrets.json');
const cipher = () => columnCipher(readSecrets(secretsFile(), {}), randomBytes);
const facts = () => JSON.parse(said.join('\n'));

async function enrol(serial: number): Promise<string> {
  return sql.transaction(async (tx) => {
    const needs = { cipher: cipher(), random: randomBytes, now };
    const id = await takePerson(tx, someone(serial), needs);
    await addDeclaration(tx, id, declared(), needs);
    await recompute(tx, [id], now);
    return id;
  });
}

describe('the operator at the command line', () => {
  it('makes the secrets once, for nobody else to read, and never over others', async () => {
    expect(await run('secrets')).toBe(0);
    expect(statSync(secretsFile()).mode & 0o777).toBe(0o600);
    const before = readFileSync(secretsFile(), 'utf8');
    expect(await run('secrets')).toBe(1);
    expect(readFileSync(secretsFile(), 'utf8')).toBe(before);
    const { pepper, keys } = JSON.parse(before);
    expect(said.join('\n')).not.toContain(pepper);
    expect(said.join('\n')).not.toContain(keys[0].key);
  });

  it('tries rules, takes them into use, and judges everybody', async () => {
    const people = await Promise.all([1, 2, 3].map(enrol));
    const path = file('rules.json', demoHealthRules['CN-TJ']);
    expect(await run('rules', path)).toBe(0);
    expect(said).toEqual(['3 people: g 3']);
    expect(await run('rules', path, '--use')).toBe(0);
    expect(said.at(-1)).toBe('rules 1 are in force');
    await sql.transaction((tx) => recompute(tx, people, now));
    const red = { ...demoHealthRules['CN-TJ'].rules[0], on: 'person', when: true };
    expect(
      await run('rules', file('red.json', { ...demoHealthRules['CN-TJ'], rules: [red] })),
    ).toBe(0);
    expect(said).toContain('3 would turn from g to r');
    const failing = { ...red, when: { '<': [null, 1] } };
    const broken = file('failing.json', { ...demoHealthRules['CN-TJ'], rules: [failing] });
    expect(await run('rules', broken, '--use')).toBe(1);
    expect(said.join()).toContain('rule order fails for 3');
    expect(await run('rules', file('none.json', '{}'))).toBe(64);
  });

  it('adds a source, signs its table for it, takes it in, and says of bad lines their number alone', async () => {
    const key = await generateKey('cdc');
    const secret = file('cdc.json', key);
    const open = file('cdc-public.json', publicHalf(key));
    expect(await run('sources', 'cdc', '--name', 'CDC', '--key', open, '--kinds', 'contact')).toBe(
      0,
    );
    const at = Math.floor(now / 1000);
    const table = file(
      'contacts.csv',
      `id,kind,type,number,at\n1,contact,resident-id,${residentId(1)},${at}\n2,contact,resident-id,110101199001011234,${at}\n`,
    );
    said.splice(0);
    expect(await run('sign-facts', table, '--source', 'cdc', '--key', secret)).toBe(0);
    const signed = file('contacts.jwt', said.join(''));
    said.splice(0);
    expect(await run('facts', signed)).toBe(0);
    expect(said).toEqual([
      '1 taken, 0 known, 0 withdrawn, 1 rejected',
      'line 3: document',
      '1 people became stricter, 0 milder',
    ]);
    said.splice(0);
    expect(await run('facts', signed)).toBe(0);
    expect(said).toContain('this file had come before; nothing was changed');
    expect(await run('sources', 'cdc', '--end')).toBe(0);
    expect(await run('facts', signed)).toBe(1);
    expect(said.join()).not.toContain(residentId(1));
  });

  it('rotates the key of the columns, encrypts anew, and leaves out what nothing needs', async () => {
    expect(await run('secrets', '--rotate')).toBe(0);
    expect(readSecrets(secretsFile(), {}).keys.map(({ id }) => id)).toEqual([1, 2]);
    said.splice(0);
    expect(await run('re-encrypt', '--drop', '--json')).toBe(0);
    expect(facts()).toMatchObject({ rows: 6, dropped: 1, left: { 2: 6 } });
    expect(readSecrets(secretsFile(), {}).keys.map(({ id }) => id)).toEqual([2]);
    expect(await findPerson(sql, cipher().subjectOf(someone(1)))).toBeDefined();
  });

  it('sets the risk of a district', async () => {
    expect(await run('risk', '120101', 'high', '--since', '2026-06-01')).toBe(0);
    expect(said).toEqual(['120101 is high']);
    expect(await run('risk', '120101', 'awful', '--since', '2026-06-01')).toBe(64);
    expect(await run('risk', '1201', 'high', '--since', '2026-06-01')).toBe(64);
  });

  it('forgets by the rule: old declarations, what is over, and at last the person', async () => {
    now = epochMillis(now + 29 * 86_400_000);
    expect(await run('forget', '--json')).toBe(0);
    expect(facts()).toMatchObject({ declarations: 0, facts: 0, persons: 0 });
    now = epochMillis(now + 2 * 86_400_000);
    said.splice(0);
    expect(await run('forget', '--json')).toBe(0);
    expect(facts()).toMatchObject({ declarations: 3, persons: 0 });
    now = epochMillis(now + 400 * 86_400_000);
    said.splice(0);
    expect(await run('forget', '--json')).toBe(0);
    expect(facts()).toMatchObject({ persons: 2 }); // of the third a fact without an end is told
    expect(await run('forget', '--declarations', '13')).toBe(64);
  });

  it('counts, and verifies the log of acts', async () => {
    expect(await run('statistics')).toBe(0);
    said.splice(0);
    expect(await run('verify-log')).toBe(0);
    expect(said[0]).toMatch(/^\d+ acts {2}whole$/);
    await sql.query("update operator_log set act = 'nothing' where seq = 2");
    expect(await run('verify-log')).toBe(1);
    expect(said).toContain('broken at act 2');
  });

  it('has help for each command, and a usage error for what it does not know', async () => {
    for (const name of commands.keys()) expect(await run(name, '--help')).toBe(0);
    expect(await run('nonsense')).toBe(64);
  });
});

describe('the options of the service', () => {
  const real = ['--trust', 'T', '--issuer', 'CN-TJ', '--keys', 'K'];

  it('listens to this machine, and asks for what a real authority is given', () => {
    expect(readOptions(real, {})).toEqual({
      ...{ port: 4700, host: '127.0.0.1', data: 'authority-data', home: '/citizen/' },
      ...{ secrets: 'authority-data/secrets.json', trustProxy: false, clockIsRight: false },
      real: { trust: 'T', issuer: 'CN-TJ', keys: 'K', bundleKeys: [] },
    });
    expect(readOptions(['--demo'], {})).not.toHaveProperty('real');
    const openid = ['--openid', 'https://id.example', '--openid-client', 'kakou'];
    const env = { KAKOU_OPENID_SECRET: 'secret' };
    const all = [
      ...real,
      ...openid,
      '--public-url',
      'https://code.example',
      '--bundle-keys',
      'A,B',
    ];
    expect(readOptions(all, env).real).toMatchObject({
      bundleKeys: ['A', 'B'],
      openid: { issuer: 'https://id.example', clientId: 'kakou', secret: 'secret' },
    });
    for (const bad of [[], ['--trust', 'T'], [...real, ...openid], ['--demo', ...real]])
      expect(() => readOptions(bad, {})).toThrow();
    expect(() => readOptions([...real, '--home', 'https://other.example'], {})).toThrow();
  });

  it('are all told in the help', () => expect(usage).toContain('--bundle-keys'));
});
