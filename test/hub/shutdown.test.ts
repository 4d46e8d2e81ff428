import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openDatabase } from '../../src/hub/store/open.ts';
import { prepareData } from '../support/built-hub.ts';
import { listening, startProgram } from '../support/hub-program.ts';
import { someEntries, testKey } from '../support/log-entries.ts';
import { postgresBin, startPostgres } from '../support/postgres-server.ts';
import { batchOf, enrolToken, type TestDevice } from '../support/test-hub.ts';

const bins = [undefined, ...[postgresBin()].flatMap((bin) => bin ?? [])];
const phones = 4;
const batches = 25;
const width = 20;

describe.each(bins)('a hub told to stop in the middle of uploads (PostgreSQL: %s)', (bin) => {
  it('has in its database whatever it answered with 200, and ends well', {
    timeout: 90_000,
  }, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'kakou-stop-'));
    const server = bin === undefined ? undefined : await startPostgres(bin);
    if (!server) await prepareData(folder);
    const run = startProgram(['--demo', '--no-app', '--port', '0', '--data', folder], server?.url);
    const url = `http://127.0.0.1:${await listening(run)}`;
    const post = (path: string, body: string) => fetch(url + path, { method: 'POST', body });

    async function enrol(): Promise<TestDevice> {
      const key = await testKey();
      const { code } = (await (await post('/demo/enrolment-code', '')).json()) as { code: string };
      const answer = await post('/v1/devices', await enrolToken(code, key));
      return { id: ((await answer.json()) as { device: string }).device, key };
    }

    const taken: { device: string; to: number }[] = [];
    async function uploadAll(device: TestDevice): Promise<void> {
      const entries = await someEntries(batches * width, device.id);
      for (let at = 0; at < entries.length; at += width) {
        const batch = await batchOf(device, entries.slice(at, at + width));
        const answer = await post('/v1/scans', batch).catch(() => undefined);
        if (answer?.status !== 200) return;
        taken.push({ device: device.id, to: at + width });
        if (taken.length === 20) run.child.kill('SIGTERM');
      }
    }
    const devices = await Promise.all(Array.from({ length: phones }, enrol));
    await Promise.all(devices.map(uploadAll));
    expect(await run.ended).toBe(0);
    expect(taken.length).toBeGreaterThanOrEqual(20);
    expect(taken.length).toBeLessThan(phones * batches);

    const sql = await openDatabase({ folder, ...(server && { url: server.url }), onError() {} });
    for (const { device, to } of taken) {
      const [held] = await sql.query<{ n: number }>(
        'select count(*)::int as n from scans where device = $1 and seq <= $2',
        [device, to],
      );
      expect(held?.n).toBe(to);
    }
    await sql.close();
    server?.stop();
    rmSync(folder, { recursive: true });
  });
});
