import { calculateJwkThumbprint } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sixDigits } from '../../../src/core/enrol/fingerprint.ts';
import { commands } from '../../../src/hub/commands/commands.ts';
import { databases } from '../../support/databases.ts';
import { testKey } from '../../support/log-entries.ts';
import { answerOf, runCommand } from '../../support/run-command.ts';
import { enrolToken, post, type TestHub, testHub } from '../../support/test-hub.ts';

const url = 'https://hub.example';
const gateOptions =
  `--gate east-1 --name 东门 --venue residential --region CN-TJ --url ${url}`.split(' ');

describe.each(databases)('the operator on $name', ({ open }) => {
  let hub: TestHub;
  beforeAll(async () => {
    hub = await testHub(await open());
  });
  afterAll(() => hub.sql.close());

  const operate = (name: string, ...args: string[]) => runCommand(hub, name, args);

  /** What the QR says, as the device reads it. */
  async function freshLink(): Promise<URLSearchParams> {
    const printed = await operate(
      'enrol',
      ...gateOptions.slice(0, -1),
      'https://hub.example:8443/x',
    );
    const link = printed.split('\n').find((line) => line.startsWith('kakou:enrol#')) ?? '';
    return new URLSearchParams(link.slice('kakou:enrol#'.length));
  }

  const enrolWith = async (code: string) =>
    post(hub, '/v1/devices', await enrolToken(code, await testKey()));

  it('prints a QR and its text: hub with the path of its address, one-use code, gate and venue', async () => {
    const printed = await operate('enrol', ...gateOptions);
    expect(printed).toMatch(/[▀▄█]{10}/);
    const link = await freshLink();
    expect(Object.fromEntries(link)).toEqual({
      hub: 'https://hub.example:8443/x',
      code: expect.stringMatching(/^[A-Za-z0-9_-]{22}$/),
      gate: 'east-1',
      venue: 'residential',
    });
  });

  it('says how long the code is good in the operator’s own time, with its zone', async () => {
    const before = process.env['TZ'];
    try {
      process.env['TZ'] = 'Asia/Shanghai';
      expect(await operate('enrol', ...gateOptions)).toMatch(
        /until 2022-03-0\d \d\d:\d\d \+08:00$/,
      );
      process.env['TZ'] = 'America/St_Johns';
      expect(await operate('enrol', ...gateOptions)).toMatch(
        /until 2022-0\d-\d\d \d\d:\d\d -03:30$/,
      );
    } finally {
      if (before === undefined) delete process.env['TZ'];
      else process.env['TZ'] = before;
    }
  });

  it('lets one device in with a code, and only for ten minutes', async () => {
    const [code, late] = [(await freshLink()).get('code'), (await freshLink()).get('code')];
    const answer = await enrolWith(code ?? '');
    expect(answer.status).toBe(201);
    const gate = { id: 'east-1', name: '东门', venue: 'residential', region: 'CN-TJ' };
    expect(await answer.json()).toMatchObject({ gate });
    expect((await enrolWith(code ?? '')).status).toBe(409);
    hub.clock.tick(10 * 60_000);
    expect((await enrolWith(late ?? '')).status).toBe(410);
  });

  it('lists the devices and revokes one of them, once and for all', async () => {
    const [line = ''] = (await operate('devices')).split('\n');
    expect(line).toMatch(
      /^[\w-]{22} {2}east-1 {2}\d{6} {2}enrolled \d{4}-.* trusted {2}nothing received$/,
    );
    const [id = ''] = line.split(' ');
    expect(await operate('revoke', id)).toBe('revoked');
    const before = await operate('devices');
    hub.clock.tick(3_600_000);
    expect(await operate('revoke', id)).toBe('revoked');
    expect(before).toMatch(/REVOKED \d{4}-/);
    expect(await operate('devices')).toBe(before);
  });

  it('shows the six digits that the device shows of its own key', async () => {
    const key = await testKey();
    const code = (await freshLink()).get('code') ?? '';
    await post(hub, '/v1/devices', await enrolToken(code, key));
    const digits = sixDigits(await calculateJwkThumbprint(key.jwk));
    expect(await operate('devices')).toContain(`  ${digits}  `);
  });

  it('says the same as facts, one JSON document each, with every member docs/hub.md names', async () => {
    const facts = async (name: string, ...args: string[]) =>
      JSON.parse(JSON.stringify((await answerOf(hub, name, args)).facts));
    const gate = { id: 'east-1', name: '东门', venue: 'residential', region: 'CN-TJ' };
    expect(await facts('enrol', ...gateOptions)).toEqual({
      ...{ hub: url, gate, expiresAt: expect.any(Number) },
      ...{ link: expect.stringMatching(/^kakou:enrol#/), code: expect.any(String) },
    });
    const { devices } = await facts('devices');
    expect(devices.at(-1)).toEqual({
      ...{ id: expect.any(String), gate, digits: expect.stringMatching(/^\d{6}$/) },
      ...{ enrolledAt: expect.any(Number), revokedAt: null },
      log: {
        ...{ device: devices.at(-1).id, last: 0, head: 0, receivedAt: null, gaps: [] },
        ...{ quarantined: [], otherGate: 0, untrusted: 0, unkept: 0, openShifts: [] },
        ...{ broken: null, complete: true },
      },
    });
    const [one] = (await facts('gates')).gates;
    const states = { pass: 0, check: 0, stop: 0, unknown: 0 };
    const people = { people: 0, admitted: 0, refused: 0, notRecorded: 0, left: 0, looks: 0 };
    const notCounted = { revoked: 0, elsewhere: 0 };
    expect(one).toEqual({
      ...{ ...gate, trusted: expect.any(Number), receivedAt: null, states, people, notCounted },
    });
    expect(await facts('missing')).toEqual({ devices: [], lookedAt: devices.length });
    expect(await facts('shifts')).toEqual({ shifts: [] });
    expect(await facts('quarantine', 'list')).toEqual({ quarantine: [] });
    const forgotten = { entries: 0, givenUp: 0, unsigned: 0 };
    expect(await facts('forget', '--before', '2020-01-01')).toEqual(forgotten);
    expect(await facts('verify-log')).toMatchObject({ ok: false, signaturesSince: null });
    expect(await facts('revoke', devices[0].id)).toEqual({ revoked: devices[0].id });
  });

  it('refuses to revoke a device that is not there', async () => {
    await expect(operate('revoke', 'nobody')).rejects.toThrow('no such device');
  });
});

it.each([
  ['enrol --gate a --name b --venue mall', '--url is needed'],
  ['enrol --gates no-such-file.csv --url https://hub', 'cannot be read'],
  ['enrol --gates x.csv --gate a --url https://hub', 'takes the place of --gate'],
  ['enrol --gate a --name b --venue mall --url https://hub --watch --json', '--watch speaks'],
  ['enrol --gate a --name b', '--venue is one of'],
  ['enrol --gate a --venue mall', '--name'],
  ['enrol --name b --venue mall', '--gate'],
  ['enrol --gate a --name b --venue mall --region tianjin', '--region'],
  ['enrol --gate a --name b --venue mall --url ftp://hub', '--url'],
  ['enrol --gate a --name b --venue mall --url http://me:pw@hub', '--url'],
  ['enrol --colour red', 'there is no option --colour'],
  ['devices all', 'options only'],
  ['revoke', 'which DEVICE'],
  ['gates all', 'options only'],
  ['forget', '--before is a day'],
  ['forget --before yesterday', '--before is a day'],
  ['forget --before 2026-02-31', '--before is a day'],
  ['missing a b', 'one DEVICE'],
  ['enrol --gate a --name 北门\u001b[2J --venue mall', '--name'],
  ['enrol --gate a --name 北\n门 --venue mall', '--name'],
  ['enrol --gate a --name 北\u202e门 --venue mall', '--name'],
  ['enrol --gate a --name 北\u200b门 --venue mall', '--name'],
  ['enrol --gate a --name \u3000 --venue mall', '--name'],
])('%j ends with one line and exit code 64, before any data is opened', (line, said) => {
  const [name = '', ...args] = line.split(' ');
  expect(() => commands.get(name)?.read(args)).toThrow(
    expect.objectContaining({ exitCode: 64, message: expect.stringContaining(said) }),
  );
});
