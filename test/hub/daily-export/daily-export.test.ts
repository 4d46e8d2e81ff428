import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { epochMillis } from '../../../src/core/units.ts';
import { failing } from '../../../src/hub/daily-export/failing.ts';
import {
  exportDaily,
  exportFinished,
  mostDays,
} from '../../../src/hub/daily-export/keep-exporting.ts';
import { createMetrics } from '../../../src/hub/http/metrics.ts';
import { readOptions } from '../../../src/hub/start/options.ts';
import { inZone } from '../../../src/hub/zone.ts';
import { listActs } from '../../../src/node/store/act-log.ts';
import { databases } from '../../support/databases.ts';
import { fakeClock } from '../../support/fakes/fake-clock.ts';
import { someEntries } from '../../support/log-entries.ts';
import { answerOf } from '../../support/run-command.ts';
import {
  enrolled,
  type TestDevice,
  type TestHub,
  testHub,
  upload,
} from '../../support/test-hub.ts';

const dayMs = 86_400_000;
/** Noon in China, so that days are of there whatever the machine's own zone. */
const noon = Date.UTC(2022, 2, 1, 4);

describe.each(databases)('each finished day into a folder, on $name', ({ open }) => {
  let hub: TestHub;
  let folder: string;
  let device: TestDevice;
  let sent = 0;
  const said: [object, string][] = [];
  const metrics = createMetrics();
  beforeEach(async () => {
    hub = await testHub(await open(), { clock: fakeClock(noon) });
    folder = mkdtempSync(join(tmpdir(), 'kakou-days-'));
    device = await enrolled(hub);
    sent = 0;
    said.length = 0;
  });
  afterEach(async () => {
    await hub.sql.close();
    rmSync(folder, { recursive: true });
  });

  const scan = async (count: number) => {
    const all = await someEntries(sent + count, device.id);
    await upload(hub, device, all.slice(sent));
    sent += count;
  };
  const log = {
    info: (facts: object, what: string) => void said.push([facts, what]),
    error: (facts: object, what: string) => void said.push([facts, what]),
  };
  const needs = () => ({ sql: hub.sql, clock: hub.clock, log, metrics });
  const run = (minutes = 15) =>
    inZone('Asia/Shanghai', () => exportFinished({ folder, minutes }, needs()));
  const names = () => readdirSync(folder).sort();
  const read = (name: string) => readFileSync(join(folder, name), 'utf8');

  it('writes nothing of a day that goes on, nor before its time', async () => {
    await scan(3);
    await run();
    hub.clock.tick(12 * 3_600_000 + 14 * 60_000); // 00:14 of the next day
    await run();
    expect(names()).toEqual([]);
    hub.clock.tick(60_000);
    await run();
    expect(names()).toEqual(['kakou-2022-03-01.csv', 'kakou-2022-03-01.jsonl']);
  });

  it('holds every entry in the file of the day it came, however late, and in no other', async () => {
    await scan(3);
    hub.clock.tick(dayMs);
    await scan(4);
    hub.clock.tick(dayMs);
    await run();
    const lines = (day: string) =>
      read(`kakou-${day}.jsonl`)
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line).seq);
    expect(lines('2022-03-01')).toEqual([1, 2, 3]);
    expect(lines('2022-03-02')).toEqual([4, 5, 6, 7]);
    const [head, ...rows] = read('kakou-2022-03-02.csv').trimEnd().split('\r\n');
    expect(head).toMatch(/^\uFEFFdevice,seq,at,/);
    expect(rows).toHaveLength(4);
    expect(statSync(join(folder, 'kakou-2022-03-02.csv')).mode & 0o777).toBe(0o600);
    expect(said.map(([facts, what]) => [what, facts])).toEqual([
      ['daily export written', { day: '2022-03-01', entries: 3 }],
      ['daily export written', { day: '2022-03-02', entries: 4 }],
    ]);
  });

  it('stands in the log of acts, which stays whole', async () => {
    await scan(2);
    hub.clock.tick(dayMs);
    await run();
    expect(await listActs(hub.sql, { limit: 1 })).toMatchObject([
      { by: 'command-line', act: 'exported', facts: { day: '2022-03-01', entries: 2 } },
    ]);
    expect((await answerOf(hub, 'verify-log', ['--operators'])).exitCode).toBe(0);
  });

  it('makes up for days it was off, so many and no more', async () => {
    await scan(1);
    hub.clock.tick(100 * dayMs);
    await run();
    expect(names()).toHaveLength(2 * mostDays);
    expect(names()[0]).toBe('kakou-2022-05-09.csv');
    expect(read('kakou-2022-05-09.jsonl')).toBe('');
  });

  it('never writes over a file that is there, and writes the other one of the day', async () => {
    await scan(2);
    hub.clock.tick(dayMs);
    writeFileSync(join(folder, 'kakou-2022-03-01.csv'), 'mine');
    await run();
    expect(read('kakou-2022-03-01.csv')).toBe('mine');
    expect(read('kakou-2022-03-01.jsonl').split('\n')).toHaveLength(3);
    await scan(3);
    await run();
    expect(names()).toHaveLength(2);
  });

  it('leaves no half a file where it fails, says which kind of failure, and makes up for it', async () => {
    await scan(2);
    hub.clock.tick(dayMs);
    const { sql } = hub;
    const broken: typeof sql.query = async (text, params) => {
      if (text.includes('received_at >= $8'))
        throw Object.assign(new Error('no'), { code: 'ENOSPC' });
      return sql.query(text, params);
    };
    const failingNeeds = { ...needs(), sql: { ...sql, query: broken } };
    expect(
      await inZone('Asia/Shanghai', () => exportFinished({ folder, minutes: 15 }, failingNeeds)),
    ).toBe(false);
    expect(names()).toEqual([]);
    expect(said).toEqual([[{ problem: 'no-room' }, 'daily export failed']]);
    expect(metrics.text(0)).toMatch(/kakou_daily_exports_total\{result="no-room"\} \d/);
    const first = hub.clock.wall();
    expect(await failing(sql, hub.clock.wall())).toEqual([
      { what: 'daily-export', problem: 'no-room', since: first, at: first },
    ]);
    hub.clock.tick(900_000);
    await inZone('Asia/Shanghai', () => exportFinished({ folder, minutes: 15 }, failingNeeds));
    expect(await failing(sql, hub.clock.wall())).toMatchObject([
      { since: first, at: first + 900_000 },
    ]);
    // the option was taken away: nobody tries any longer
    expect(await failing(sql, epochMillis(hub.clock.wall() + 3_600_000))).toEqual([]);
    expect(await run()).toBe(true);
    expect(names()).toHaveLength(2);
    expect(await failing(sql, hub.clock.wall())).toEqual([]);
  });

  it('says that the folder is not there, before the start and after', async () => {
    const gone = join(folder, 'gone');
    expect(() => exportDaily({ exporting: { folder: gone, minutes: 0 } }, needs())).toThrow(
      '--export-folder',
    );
    await scan(1);
    hub.clock.tick(dayMs);
    await inZone('Asia/Shanghai', () => exportFinished({ folder: gone, minutes: 15 }, needs()));
    expect(said).toEqual([[{ problem: 'no-folder' }, 'daily export failed']]);
    expect(JSON.stringify(said)).not.toContain(folder);
    chmodSync(folder, 0o700);
  });
});

describe('the options of the daily export', () => {
  it('have a time of their own, and none without a folder', () => {
    expect(readOptions(['--export-folder', 'days'], {}).exporting).toEqual({
      folder: 'days',
      minutes: 15,
    });
    const at = readOptions(['--export-folder', 'days', '--export-at', '23:59'], {});
    expect(at.exporting?.minutes).toBe(23 * 60 + 59);
    expect(readOptions([], {}).exporting).toBeUndefined();
    expect(() => readOptions(['--export-at', '01:00'], {})).toThrow('--export-folder');
    for (const bad of ['24:00', '1:00', '01:60', 'noon', ''])
      expect(() => readOptions(['--export-folder', 'd', `--export-at=${bad}`], {})).toThrow(
        '--export-at',
      );
  });
});
