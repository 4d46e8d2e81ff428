import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { calculateJwkThumbprint } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sixDigits } from '../../../src/core/enrol/fingerprint.ts';
import { commands } from '../../../src/hub/commands/commands.ts';
import { databases } from '../../support/databases.ts';
import { testKey } from '../../support/log-entries.ts';
import { answerOf, deskOf, runCommand } from '../../support/run-command.ts';
import { enrolToken, post, type TestHub, testHub } from '../../support/test-hub.ts';

const at = ['--url', 'https://hub.example'];
const gate = (id: string, name: string, ...more: string[]) => [
  ...['--gate', id, '--name', name, '--venue', 'residential', ...at, ...more],
];
const digitsOf = async (key: Awaited<ReturnType<typeof testKey>>) => {
  const digits = sixDigits(await calculateJwkThumbprint(key.jwk));
  return `${digits.slice(0, 3)} ${digits.slice(3)}`;
};

describe.each(databases)('enrolling on $name', ({ open }) => {
  let hub: TestHub;
  let folder: string;
  const shown: string[] = [];
  beforeAll(async () => {
    hub = await testHub(await open(), { tell: (line) => shown.push(line) });
    folder = await mkdtemp(join(tmpdir(), 'kakou-gates-'));
  });
  afterAll(async () => {
    await hub.sql.close();
    await rm(folder, { recursive: true });
  });

  const operate = (...args: string[]) => runCommand(hub, 'enrol', args);
  const facts = async (...args: string[]) =>
    (await answerOf(hub, 'enrol', args)).facts as { code: string; codes: { code: string }[] };
  const use = async (code: string, key: Awaited<ReturnType<typeof testKey>>) =>
    post(hub, '/v1/devices', await enrolToken(code, key));
  const file = async (text: string) => {
    const path = join(folder, 'gates.csv');
    await writeFile(path, text);
    return path;
  };

  it('shows gate and six digits of a phone on the screen of the running hub and in its log', async () => {
    const key = await testKey();
    const { code } = await facts(...gate('east', '东门'));
    expect((await use(code, key)).status).toBe(201);
    const digits = await digitsOf(key);
    expect(shown.at(-1)).toBe(`enrolled at east: six digits ${digits}`);
    expect(hub.lines.join('')).toContain(
      `"gate":"east","digits":"${digits}","msg":"device enrolled"`,
    );
    // a lost answer: the same phone stands there and asks again
    await use(code, key);
    expect(shown.slice(-2)).toEqual([shown.at(-1), shown.at(-1)]);
  });

  it('takes a gate of the same id under another name, venue or region only when told to replace it', async () => {
    await expect(operate(...gate('east', '西门'))).rejects.toThrow(
      'gate east is known here as 东门, residential, no region: say the same, another --gate, or --replace',
    );
    await expect(operate(...gate('east', '东门', '--region', 'CN-TJ'))).rejects.toThrow('known');
    await expect(operate(...gate('east', '东门'))).resolves.toContain('until');
    // a gate that a code was made for is one, whether or not a phone came
    await operate(...gate('south', '南门'));
    hub.clock.tick(11 * 60_000);
    await expect(operate(...gate('south', '北门'))).rejects.toThrow('known here as 南门');
    await expect(operate(...gate('south', '北门', '--replace'))).resolves.toContain('until');
    await expect(operate(...gate('south', '北门'))).resolves.toContain('until');
    await expect(operate(...gate('east', '西门', '--replace'))).resolves.toContain('until');
  });

  it('makes a code for each gate of a file, whole or not at all', async () => {
    const before = await hub.sql.query('select 1 from enrol_codes');
    const list = await file(
      '\uFEFFname,gate,venue,region\r\n"一号, 门",n-1,mall,CN-TJ\r\n二号门,n-2,station,\r\n',
    );
    const { codes } = await facts('--gates', list, ...at);
    expect(codes).toMatchObject([
      { gate: { id: 'n-1', name: '一号, 门', venue: 'mall', region: 'CN-TJ' } },
      { gate: { id: 'n-2', name: '二号门', venue: 'station' } },
    ]);
    for (const { code } of codes) expect((await use(code, await testKey())).status).toBe(201);
    const printed = await operate('--gates', list, ...at);
    expect(printed).toMatch(/n-1 {2}一号, 门\n[\s\S]*kakou:enrol#[\s\S]*\nn-2 {2}二号门\n/);
    const made = await hub.sql.query('select 1 from enrol_codes');
    expect(made.length - before.length).toBe(4);
    const mixed = await file('gate,name,venue\nn-3,三号门,mall\nn-1,改名门,mall\n');
    await expect(operate('--gates', mixed, ...at)).rejects.toThrow('gate n-1 is known here');
    expect(await hub.sql.query('select 1 from enrol_codes')).toHaveLength(made.length);
  });

  it.each([
    ['gate,name\na,b', 'the first line of the file names gate,name,venue,region'],
    ['gate,name,venue', '1 to 500 gates'],
    ['gate,name,venue\na,门,mall\nb,门,shop', 'line 3: --venue is one of'],
    ['gate,name,venue\na,门,mall\n\na,门,mall', 'line 4 has the gate of line 2 again'],
    ['gate,name,venue\na,"门\u001b[2J",mall', 'line 2: --name'],
    ['gate,name,venue\n"a,门,mall', 'the first line of the file'],
  ])('refuses the file %j with its line, before any data is opened', async (text, said) => {
    const args = ['--gates', await file(text), ...at];
    expect(() => commands.get('enrol')?.read(args)).toThrow(
      expect.objectContaining({ exitCode: 64, message: expect.stringContaining(said) }),
    );
  });

  it('waits for the phones where it is to watch, says each one’s digits, and ends with the last', async () => {
    const key = await testKey();
    const told: string[] = [];
    const desk = deskOf(hub, told);
    const job = commands.get('enrol')?.read([...gate('w', '西北门'), '--watch']);
    const pause = async (ms: number) => {
      hub.clock.tick(ms);
      if (told.length > 3) return;
      const link = told.find((line) => line.startsWith('kakou:enrol#')) ?? '';
      await use(new URLSearchParams(link.slice(12)).get('code') ?? '', key);
    };
    const answer = await job?.run({
      ...desk,
      ...(desk.watch && { watch: { ...desk.watch, pause } }),
    });
    expect(told.at(-1)).toBe(`w  enrolled, six digits  ${await digitsOf(key)}`);
    expect(answer?.say).toEqual(['1 of 1 codes used']);
  });

  it('ends its watch when the code is over, unused', async () => {
    const answer = await answerOf(hub, 'enrol', [...gate('z', '门'), '--watch']);
    expect(answer.say).toEqual(['0 of 1 codes used']);
  });

  it('does not wait where nothing could come: this command holds the embedded database', async () => {
    const { watch: _, ...alone } = deskOf(hub);
    const job = commands.get('enrol')?.read([...gate('y', '门'), '--watch']);
    await expect(job?.run(alone)).rejects.toThrow('start the hub first');
    expect(await hub.sql.query('select 1 from enrol_codes where gate like \'%"y"%\'')).toEqual([]);
  });

  it('says where an address leads nobody: to this machine alone, or to no camera', async () => {
    const said = async (url: string) =>
      operate('--gate', 'u', '--name', '门', '--venue', 'mall', '--url', url);
    expect(await said('http://localhost:4600')).toContain('NOTE: localhost is this machine alone');
    expect(await said('http://10.0.0.7:4600')).toContain('no camera over http');
    expect(await said('https://hub.example')).not.toContain('NOTE');
  });
});
