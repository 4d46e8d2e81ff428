import { gzipSync } from 'node:zlib';
import { CompactSign } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { entryHash } from '../../src/core/log/chain.ts';
import { emptyHead, genesisHash, type LogEntry } from '../../src/core/log/entry.ts';
import { epochSeconds } from '../../src/core/units.ts';
import { demoAuthority } from '../../src/demo/demo-authority.ts';
import { revokeDevice } from '../../src/hub/store/devices.ts';
import { databases } from '../support/databases.ts';
import { someEntries, someScan, testKey } from '../support/log-entries.ts';
import { batchOf, enrolled, post, type TestHub, testHub, upload } from '../support/test-hub.ts';

const headOf = (entries: readonly LogEntry[]) => {
  const last = entries.at(-1);
  return { seq: last?.seq ?? 0, hash: last?.hash ?? genesisHash };
};
const outcomes = (results: readonly { result: string; reason?: string }[]) =>
  results.map(({ result, reason }) => (reason ? `${result}: ${reason}` : result));
const codeOf = async (answer: Response) => ((await answer.json()) as { code: string }).code;

describe.each(databases)('POST /v1/scans on $name', ({ open }) => {
  let hub: TestHub;
  beforeAll(async () => {
    hub = await testHub(await open());
  });
  afterAll(() => hub.sql.close());

  const scans = (device: string) =>
    hub.sql.query<{
      seq: number;
      at: number;
      received_at: number;
      trusted: boolean;
      flag: string;
      entry: string;
    }>(
      'select seq, at, received_at, trusted, flag, entry from scans where device = $1 order by seq',
      [device],
    );
  const quarantine = (device: string) =>
    hub.sql.query<{ seq: number; reason: string; entry: string }>(
      'select seq, reason, entry from quarantine where device = $1 order by seq',
      [device],
    );

  it('stores every entry with both times and signs a receipt for the last one', async () => {
    const device = await enrolled(hub);
    const entries = await someEntries(200, device.id);
    const answer = await upload(hub, device, entries);
    expect(answer.results.every((entry) => entry.result === 'stored')).toBe(true);
    expect(answer.opened).toMatchObject({
      device: device.id,
      seq: 200,
      head: headOf(entries).hash,
    });
    const rows = await scans(device.id);
    expect(rows.map((row) => JSON.parse(row.entry))).toEqual(entries);
    expect(rows[0]).toMatchObject({
      at: entries[0]?.at,
      received_at: hub.clock.wall(),
      trusted: true,
      flag: null,
    });
  });

  it('answers a batch that comes again with duplicates and the very same receipt', async () => {
    const device = await enrolled(hub);
    const batch = await batchOf(device, await someEntries(5, device.id));
    const first = (await (await post(hub, '/v1/scans', batch)).json()) as { receipt: string };
    hub.clock.tick(60_000);
    const again = await (await post(hub, '/v1/scans', batch)).json();
    expect(again).toMatchObject({ receipt: first.receipt });
    expect(again).toMatchObject({ results: Array(5).fill({ result: 'duplicate' }) });
    expect(await scans(device.id)).toHaveLength(5);
  });

  it('stores each entry once when overlapping batches come at the same time', async () => {
    const device = await enrolled(hub);
    const entries = await someEntries(12, device.id);
    const parts = [entries.slice(0, 8), entries.slice(4), entries, entries.slice(0, 8)];
    const answers = await Promise.all(parts.map((part) => upload(hub, device, part)));
    const stored = answers.flatMap(({ results }) => results).filter((r) => r.result === 'stored');
    expect(stored).toHaveLength(12);
    expect(await scans(device.id)).toHaveLength(12);
    expect(Math.max(...answers.map(({ opened }) => opened.seq))).toBe(12);
  });

  it('stores and flags what comes behind a gap, and moves the receipt only when it is filled', async () => {
    const device = await enrolled(hub);
    const entries = await someEntries(9, device.id);
    await upload(hub, device, entries.slice(0, 3));
    const behind = await upload(hub, device, entries.slice(6));
    expect(outcomes(behind.results)).toEqual(['stored: gap', 'stored', 'stored']);
    expect(behind.opened).toMatchObject({ seq: 3, head: entries[2]?.hash });
    const filled = await upload(hub, device, entries.slice(3, 6));
    expect(filled.opened).toMatchObject({ seq: 9, head: entries[8]?.hash });
    expect((await scans(device.id)).map((row) => row.flag)[6]).toBe('gap');
  });

  it('confirms nothing when the very first entries are missing', async () => {
    const device = await enrolled(hub);
    const answer = await upload(hub, device, (await someEntries(4, device.id)).slice(2));
    expect(answer.opened).toMatchObject({ seq: 0, head: genesisHash });
  });

  it('keeps both histories of a forked log and alarms, once, naming the first forked entry', async () => {
    const device = await enrolled(hub);
    const entries = await someEntries(6, device.id);
    await upload(hub, device, entries);
    const other = await someEntries(3, device.id, headOf(entries.slice(0, 4)), {
      ...someScan,
      st: 'r',
    } as typeof someScan);
    hub.lines.length = 0;
    const forked = await upload(hub, device, [...entries.slice(3, 4), ...other]);
    const expected = ['duplicate', 'quarantined: fork', 'quarantined: fork', 'stored: prev'];
    expect(outcomes(forked.results)).toEqual(expected);
    expect(forked.opened).toMatchObject({ seq: 6, head: headOf(entries).hash });
    expect(hub.lines.join('')).toContain('entries in quarantine');
    const again = await upload(hub, device, [...entries.slice(3, 4), ...other]);
    expect(outcomes(again.results).slice(1, 3)).toEqual(expected.slice(1, 3));
    expect(again.receipt).toBe(forked.receipt);
    expect((await quarantine(device.id)).map((row) => row.seq)).toEqual([5, 6]);
    expect(JSON.parse((await scans(device.id))[4]?.entry ?? '')).toEqual(entries[4]);
    expect(await (await hub.app.request('/metrics')).text()).toContain(
      'kakou_alarms_total{reason="fork"} 2',
    );
  });

  it('quarantines an edited entry and lets those behind it through', async () => {
    const device = await enrolled(hub);
    const entries = await someEntries(4, device.id);
    const edited = entries.map((entry, i) => (i === 1 ? { ...entry, gate: 'elsewhere' } : entry));
    const answer = await upload(hub, device, edited);
    expect(outcomes(answer.results)).toEqual(['stored', 'quarantined: hash', 'stored', 'stored']);
    expect(answer.opened.seq).toBe(4);
    expect(JSON.parse((await quarantine(device.id))[0]?.entry ?? '')).toEqual(edited[1]);
  });

  it('gives each of two rival entries the same answer again, also when the first was bad', async () => {
    const device = await enrolled(hub);
    const entries = await someEntries(2, device.id);
    const edited = entries.map((entry, i) => (i === 1 ? { ...entry, gate: 'elsewhere' } : entry));
    for (let times = 0; times < 2; times++) {
      const bad = await upload(hub, device, edited.slice(1));
      expect(outcomes(bad.results)).toEqual(['quarantined: hash']);
      const rival = await upload(hub, device, entries.slice(1));
      expect(outcomes(rival.results)).toEqual(['quarantined: fork']);
    }
    expect(await quarantine(device.id)).toHaveLength(2);
  });

  it('quarantines an entry of a shape it does not know, whatever characters are in it', async () => {
    const device = await enrolled(hub);
    const entries = await someEntries(2, device.id);
    const odd = { ...(entries[1] as LogEntry), note: 'nul \u0000 and half a pair \ud83d' };
    const last = { ...odd, hash: (await entryHash(odd)) ?? odd.hash };
    const next = await someEntries(1, device.id, headOf([last]));
    const answer = await upload(hub, device, [entries[0] as LogEntry, last, ...next]);
    expect(outcomes(answer.results)).toEqual(['stored', 'quarantined: shape', 'stored']);
    expect(answer.opened.seq).toBe(3);
    expect(JSON.parse((await quarantine(device.id))[0]?.entry ?? '')).toEqual(last);
  });

  it('quarantines entries another device wrote', async () => {
    const device = await enrolled(hub);
    const answer = await upload(hub, device, await someEntries(1, 'device-of-somebody'));
    expect(outcomes(answer.results)).toEqual(['quarantined: device']);
  });

  it('keeps what a revoked device sends, marked as not trusted', async () => {
    const device = await enrolled(hub);
    const entries = await someEntries(4, device.id);
    await upload(hub, device, entries.slice(0, 2));
    await revokeDevice(hub.sql, device.id, hub.clock.wall());
    const answer = await upload(hub, device, entries.slice(2));
    expect(answer.trusted).toBe(false);
    expect(answer.opened.seq).toBe(4);
    expect((await scans(device.id)).map((row) => row.trusted)).toEqual([true, true, false, false]);
  });

  it('refuses a device that was never enrolled', async () => {
    const stranger = { id: 'nobody', key: await testKey() };
    const answer = await post(
      hub,
      '/v1/scans',
      await batchOf(stranger, await someEntries(1, 'nobody')),
    );
    expect([answer.status, await codeOf(answer)]).toEqual([401, 'unknown-device']);
  });

  it('refuses a batch signed by another key than the device enrolled with', async () => {
    const device = await enrolled(hub);
    const thief = { id: device.id, key: await testKey() };
    const answer = await post(
      hub,
      '/v1/scans',
      await batchOf(thief, await someEntries(1, device.id)),
    );
    expect([answer.status, await codeOf(answer)]).toEqual([401, 'bad-signature']);
    expect(await scans(device.id)).toEqual([]);
  });

  it('refuses a batch whose claims name another device than its signer', async () => {
    const [device, victim] = [await enrolled(hub), await enrolled(hub)];
    const token = await batchOf(victim, await someEntries(1, victim.id));
    const forged = await new CompactSign(Buffer.from(token.split('.')[1] ?? '', 'base64url'))
      .setProtectedHeader({ alg: 'ES256', kid: device.id, typ: 'kakou-batch+jwt' })
      .sign(device.key.privateKey);
    const answer = await post(hub, '/v1/scans', forged);
    expect([answer.status, await codeOf(answer)]).toEqual([403, 'wrong-device']);
    expect(await scans(victim.id)).toEqual([]);
  });

  it('undoes the whole batch when the receipt cannot be signed', async () => {
    const device = await enrolled(hub);
    const whole = await demoAuthority({ now: () => epochSeconds(1_646_121_600) });
    const signReceipt = () => Promise.reject(new Error('key is gone'));
    const broken = await testHub(hub.sql, { authority: { ...whole, signReceipt } });
    const batch = await batchOf(device, await someEntries(3, device.id));
    expect((await post(broken, '/v1/scans', batch)).status).toBe(500);
    expect(await scans(device.id)).toEqual([]);
    expect((await post(hub, '/v1/scans', batch)).status).toBe(200);
  });

  it('takes a gzipped batch', async () => {
    const device = await enrolled(hub);
    const batch = gzipSync(await batchOf(device, await someEntries(200, device.id)));
    const answer = await post(hub, '/v1/scans', batch, { 'content-encoding': 'gzip' });
    expect(answer.status).toBe(200);
    expect(await scans(device.id)).toHaveLength(200);
  });

  it('logs no device, name, token or address', async () => {
    hub.lines.length = 0;
    const device = await enrolled(hub);
    const operator = await someEntries(1, device.id, emptyHead, {
      type: 'shift-start',
      operator: '王师傅',
    });
    const batch = await batchOf(device, operator);
    await post(hub, '/v1/scans', batch, { 'x-forwarded-for': '203.0.113.9' });
    const logged = hub.lines.join('');
    expect(logged).toContain('/v1/scans');
    for (const secret of [device.id, '王师傅', batch.slice(0, 40), '203.0.113.9']) {
      expect(logged).not.toContain(secret);
    }
  });
});
