import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { openDatabase } from '../../../src/hub/store/open.ts';
import { storeProbe } from '../../../src/hub/store/probe.ts';
import { type Sql, Unavailable } from '../../../src/node/database.ts';
import { fakeClock } from '../../support/fakes/fake-clock.ts';
import { postgresBin, startPostgres } from '../../support/postgres-server.ts';
import { testHub } from '../../support/test-hub.ts';

vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 });
const onError = () => {};

/** Disks small enough to be filled: only who may mount can make one. */
const disks = [smallDisk()].flatMap((disk) => disk ?? []);

function smallDisk(): string | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'kakou-disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=150m', 'tmpfs', folder], { stdio: 'ignore' });
    chmodSync(folder, 0o755);
    return folder;
  } catch {
    rmSync(folder, { recursive: true });
    return undefined;
  }
}

describe.each(disks)('a disk that is full (%s)', (disk) => {
  const before = process.env['TMPDIR'];
  beforeAll(() => {
    process.env['TMPDIR'] = disk;
  });
  afterAll(() => {
    if (before === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = before;
    execFileSync('umount', [disk]);
    rmSync(disk, { recursive: true });
  });

  const filler = join(disk, 'filler');
  function fill(): void {
    for (const size of [1 << 20, 4096]) {
      try {
        for (;;) writeFileSync(filler, Buffer.alloc(size), { flag: 'a' });
      } catch {}
    }
  }

  const bins = [postgresBin()].flatMap((bin) => bin ?? []);
  const databases: [string, string | undefined][] = [
    ['PGlite', undefined],
    ...bins.map((bin): [string, string] => ['PostgreSQL', bin]),
  ];
  it.each(databases)('under %s makes its health 503 until there is room again', async (_, bin) => {
    const server = bin === undefined ? undefined : await startPostgres(bin);
    const place = { folder: join(disk, 'data'), onError };
    const sql = await openDatabase({ ...place, ...(server && { url: server.url }) });
    const { app, clock } = await testHub(sql);
    const health = async () => {
      clock.tick(5000);
      return (await app.request('/healthz')).status;
    };
    expect(await health()).toBe(200);
    fill();
    expect(await health()).toBe(503);
    rmSync(filler);
    expect(await health()).toBe(200);
    await sql.close();
    server?.stop();
  });
});

describe('the probe of the store', () => {
  it('asks the database once for as many as want to know, and again after two seconds', async () => {
    let asked = 0;
    const clock = fakeClock();
    const transaction = async () => {
      asked++;
      if (asked === 2) throw new Unavailable(new Error('full'));
    };
    const canStore = storeProbe({ transaction } as unknown as Sql, clock);
    expect(await Promise.all([canStore(), canStore(), canStore()])).toEqual([true, true, true]);
    clock.tick(1999);
    expect([await canStore(), asked]).toEqual([true, 1]);
    clock.tick(1);
    expect([await canStore(), asked]).toEqual([false, 2]);
    clock.tick(2000);
    expect([await canStore(), asked]).toEqual([true, 3]);
  });

  it('does not wait for one that never answers', async () => {
    const transaction = () => new Promise<never>(() => {});
    const canStore = storeProbe({ transaction } as unknown as Sql, fakeClock());
    expect(await canStore()).toBe(false);
  });
});
