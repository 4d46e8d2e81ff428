import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LogEntry } from '../../src/core/log/entry.ts';
import { demoKeys } from '../../src/demo/demo-keys.ts';
import { missing } from '../../src/hub/commands/missing.ts';
import { openDatabase } from '../../src/hub/store/open.ts';
import { verifyLog } from '../../src/hub/store/proof/verify-log.ts';
import type { Sql } from '../../src/node/database.ts';
import { prepareData } from '../support/built-hub.ts';
import { someEntries } from '../support/log-entries.ts';
import { postgresBin, startPostgres } from '../support/postgres-server.ts';
import { printed } from '../support/run-command.ts';
import { enrolled, type TestDevice, type TestHub, testHub, upload } from '../support/test-hub.ts';

const run = promisify(execFile);
const onError = () => {};
const keys = [demoKeys().receipt.jwk];
const width = 10;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kakou-restore-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A phone that uploads its log batch by batch, and keeps the last receipt it was given. */
async function phone(hub: TestHub, length: number) {
  const device: TestDevice = await enrolled(hub);
  const entries = await someEntries(length, device.id);
  let receipt = 0;
  return {
    device,
    receipt: () => receipt,
    /** Offers what comes after `from`, as far as `to`; returns what became of the first entry. */
    async offer(to: number, from = receipt, at: TestHub = hub): Promise<string> {
      let first: LogEntry | undefined;
      let became = '';
      for (let seq = from; seq < to; seq += width) {
        const batch = entries.slice(seq, Math.min(to, seq + width));
        const { results, opened } = await upload(at, device, batch);
        const [result] = results;
        if (!first && result) became = 'reason' in result ? `${result.reason}` : result.result;
        first ??= batch[0];
        receipt = opened.seq;
      }
      return became;
    },
  };
}
type Phone = Awaited<ReturnType<typeof phone>>;

/** The hub came back as it was before the phone's last receipt: nothing may be lost for good. */
async function expectToHeal(
  sql: Sql,
  { device, offer, receipt }: Phone,
  to: number,
): Promise<void> {
  const restored = await testHub(sql);
  const held = (await verifyLog(sql, device.id, keys)).head.seq;
  const known = receipt();
  expect(held).toBeLessThan(known);
  expect(await verifyLog(sql, device.id, keys)).not.toHaveProperty('problem');
  expect(await offer(known + width, known, restored)).toBe('gap');
  expect(receipt()).toBe(held);
  const desk = { sql, now: restored.clock.wall(), random: () => new Uint8Array(1) };
  const gap = `never came: ${held + 1}-${known} (${known - held} entries)`;
  expect(await printed(missing.read([device.id]), desk)).toContain(gap);
  expect(await verifyLog(sql, device.id, keys)).toMatchObject({ problem: { problem: 'gap' } });
  await offer(to, receipt(), restored);
  expect(receipt()).toBe(to);
  expect(await verifyLog(sql, device.id, keys)).toMatchObject({ entries: to, head: { seq: to } });
  expect(await verifyLog(sql, device.id, keys)).not.toHaveProperty('problem');
  expect(await printed(missing.read([device.id]), desk)).toContain(`nothing missing up to ${to};`);
}

describe('an older copy of the embedded database, made while the hub was stopped', () => {
  it('is whole, and phones fill what it lacks', async () => {
    const [data, backup] = [join(folder, 'data'), join(folder, 'backup')];
    await prepareData(data);
    let sql = await openDatabase({ folder: data, onError });
    const one = await phone(await testHub(sql), 80);
    await one.offer(30);
    await sql.close();
    cpSync(data, backup, { recursive: true });
    sql = await openDatabase({ folder: data, onError });
    await one.offer(60, one.receipt(), await testHub(sql));
    await sql.close();
    rmSync(data, { recursive: true });
    cpSync(backup, data, { recursive: true });
    sql = await openDatabase({ folder: data, onError });
    await expectToHeal(sql, one, 80);
    await sql.close();
  });
});

const bins = [postgresBin()].flatMap((bin) => bin ?? []);
describe.each(bins)('a pg_dump made while the hub is taking in (%s)', (bin) => {
  it('is whole when restored, and phones fill what it lacks', { timeout: 90_000 }, async () => {
    const server = await startPostgres(bin);
    const sql = await openDatabase({ folder, url: server.url, onError });
    const hub = await testHub(sql);
    const phones = await Promise.all(Array.from({ length: 4 }, () => phone(hub, 3000)));
    await Promise.all(phones.map(({ offer }) => offer(50)));
    const file = join(folder, 'hub.dump');
    let isDumping = true;
    const dumping = run(join(bin, 'pg_dump'), ['-Fc', '-f', file, server.url]).finally(() => {
      isDumping = false;
    });
    await Promise.all(
      phones.map(async ({ offer, receipt }) => {
        while (isDumping && receipt() < 2800) await offer(receipt() + width);
        await offer(receipt() + 5 * width);
      }),
    );
    await dumping;
    await sql.query('create database restored');
    await sql.close();
    const url = server.url.replace(/postgres$/, 'restored');
    await run(join(bin, 'pg_restore'), ['-d', url, '--exit-on-error', file]);
    const restored = await openDatabase({ folder, url, onError });
    for (const one of phones) await expectToHeal(restored, one, one.receipt() + 4 * width);
    await restored.close();
    server.stop();
  });
});
