import { chmodSync, lstatSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openDatabase } from '../../../src/hub/store/open.ts';
import { FolderInUse, lockFolder } from '../../../src/node/folder-lock.ts';
import { prepareData } from '../../support/built-hub.ts';
import { postgresBin, startPostgres } from '../../support/postgres-server.ts';
import { testHub } from '../../support/test-hub.ts';

vi.setConfig({ testTimeout: 60_000 });
const onError = () => {};

describe('the embedded database', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'kakou-open-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('is there again, as it was, after a close', async () => {
    const first = await openDatabase({ folder, onError });
    await first.query("insert into enrol_codes values ('abc', '{}', 1, null)");
    await first.close();
    const second = await openDatabase({ folder, onError });
    expect(await second.query('select code_sha256 from enrol_codes')).toHaveLength(1);
    await second.close();
  });

  it('closes to others what an earlier hub or a copy left open', async () => {
    const pg = join(folder, 'pg');
    await prepareData(folder);
    for (const name of ['.', 'base', 'PG_VERSION']) chmodSync(join(pg, name), 0o777);
    await (await openDatabase({ folder, onError })).close();
    const open = readdirSync(pg, { recursive: true, encoding: 'utf8' })
      .concat('.')
      .filter((name) => name === '.' || ['base', 'PG_VERSION'].includes(name))
      .filter((name) => (lstatSync(join(pg, name)).mode & 0o077) !== 0);
    expect(open).toEqual([]);
  });

  it('lets go of its folder when it is closed, and only then', async () => {
    await prepareData(folder);
    const hub = await openDatabase({ folder, onError });
    expect(() => lockFolder(folder)).toThrow(FolderInUse);
    await hub.close();
    expect(() => lockFolder(folder)()).not.toThrow();
  });
});

const bins = [postgresBin()].flatMap((bin) => bin ?? []);
describe.each(bins)('a PostgreSQL server (%s)', (bin) => {
  it('that goes away takes no hub with it: 503 until it is back', async () => {
    const server = await startPostgres(bin);
    const lost: string[] = [];
    const sql = await openDatabase({
      folder: '',
      url: server.url,
      onError: ({ name }) => lost.push(name),
    });
    const { app, clock } = await testHub(sql);
    expect(await (await app.request('/healthz')).json()).toMatchObject({ database: 'postgres' });
    server.stop();
    await vi.waitFor(() => expect(lost).not.toEqual([]));
    clock.tick(5000);
    expect((await app.request('/healthz')).status).toBe(503);
    const code = await app.request('/demo/enrolment-code', { method: 'POST' });
    expect(code.status).toBe(503);
    await sql.close();
  });

  it('that cannot be reached is an error at once, not at the first scan', async () => {
    const url = 'postgres://kakou@127.0.0.1:1/none';
    await expect(openDatabase({ folder: '', url, onError })).rejects.toMatchObject({
      code: 'ECONNREFUSED',
    });
  });
});
