import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commands } from '../../../src/hub/commands/commands.ts';
import { listActs } from '../../../src/node/store/act-log.ts';
import { databases } from '../../support/databases.ts';
import { someEntries } from '../../support/log-entries.ts';
import { answerOf, deskOf } from '../../support/run-command.ts';
import {
  enrolled,
  type TestDevice,
  type TestHub,
  testHub,
  upload,
} from '../../support/test-hub.ts';

describe.each(databases)('what the command line does is written down on $name', ({ open }) => {
  let hub: TestHub;
  let device: TestDevice;
  beforeAll(async () => {
    hub = await testHub(await open());
    device = await enrolled(hub);
    await upload(hub, device, await someEntries(5, device.id));
  });
  afterAll(() => hub.sql.close());

  const newest = async () => (await listActs(hub.sql, { limit: 1 }))[0];
  const whole = async () => (await answerOf(hub, 'verify-log', ['--operators'])).exitCode;

  const gate = [
    '--gate',
    'north',
    '--name',
    '北门',
    '--venue',
    'mall',
    '--url',
    'https://hub.example',
  ];
  it.each<[string, readonly string[], string, object]>([
    ['enrol', gate, 'code-made', { gates: ['north'], paper: false, pin: false }],
    ['pin-reset', ['DEVICE', '--demo'], 'pin-reset-made', { device: 'DEVICE', gate: 'demo-gate' }],
    [
      'quarantine',
      ['drop', 'DEVICE', '--reason', '乱码'],
      'quarantine-dropped',
      {
        ...{ device: 'DEVICE', gate: 'demo-gate', reason: '乱码', entries: 0 },
      },
    ],
    [
      'forget',
      ['--before', '2022-01-31', '--demo'],
      'forgotten',
      { before: '2022-01-31', lostAfter: 30 },
    ],
    ['revoke', ['DEVICE'], 'device-revoked', { device: 'DEVICE', gate: 'demo-gate' }],
  ])('%s %j', async (name, args, act, facts) => {
    const own = (text: unknown) => (text === 'DEVICE' ? device.id : text);
    await answerOf(
      hub,
      name,
      args.map((arg) => String(own(arg))),
    );
    const said = Object.fromEntries(Object.entries(facts).map(([key, value]) => [key, own(value)]));
    expect(await newest()).toMatchObject({
      by: 'command-line',
      act,
      facts: said,
      at: hub.clock.wall(),
    });
    expect(await whole()).toBe(0);
  });

  it('export, before its first line: broken off it has taken records out as well', async () => {
    const job = commands.get('export')?.read(['--gate', 'demo-gate', '--from', '2022-03-01']);
    const emit = async () => {
      expect(await newest()).toMatchObject({
        ...{ by: 'command-line', act: 'exported' },
        facts: { gate: 'demo-gate', device: null, from: '2022-03-01', to: null, format: 'csv' },
      });
      throw new Error('nobody reads');
    };
    await expect(job?.run({ ...deskOf(hub), emit })).rejects.toThrow('nobody reads');
    expect(await whole()).toBe(0);
  });

  it('what was refused did nothing, and nothing is written of it', async () => {
    const before = await newest();
    await expect(answerOf(hub, 'revoke', ['AAAAAAAAAAAAAAAAAAAAAA'])).rejects.toThrow(
      'no such device',
    );
    await expect(
      answerOf(hub, 'quarantine', ['drop', 'AAAAAAAAAAAAAAAAAAAAAA', '--reason', 'x']),
    ).rejects.toThrow('no such device');
    await expect(answerOf(hub, 'pin-reset', [device.id, '--demo'])).rejects.toThrow('revoked');
    expect(await newest()).toEqual(before);
  });

  it('what only looks is no act', async () => {
    const before = await newest();
    for (const name of ['devices', 'gates', 'missing', 'shifts']) await answerOf(hub, name, []);
    await answerOf(hub, 'quarantine', ['list']);
    expect(await newest()).toEqual(before);
  });
});
