import nodeCrypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';
import zlib from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { inTurn, type Queries, type Sql } from '../../src/node/database.ts';
import { openEmbedded } from '../support/embedded.ts';
import { someEntries } from '../support/log-entries.ts';
import {
  batchOf,
  enrolled,
  post,
  type TestDevice,
  type TestHub,
  testHub,
} from '../support/test-hub.ts';

/**
 * What an upload costs, in what can be counted on any machine: round trips to the database, signatures made and
 * checked, keys made, JSON read and written, texts hashed, streams packed and unpacked. The first four are a tenth
 * of a millisecond or more of every upload of every phone, the others that of every two hundred entries; a
 * number here may be made smaller, and is not made larger without a word on why.
 */
describe('an upload of entries, in order, by a phone whose log is held so far', () => {
  let asked: string[] = [];
  let hub: TestHub;
  let device: TestDevice;
  let sql: Sql;
  let log: Awaited<ReturnType<typeof someEntries>> = [];

  function counted(queries: Queries): Queries {
    return {
      query(text, params) {
        asked.push(text);
        return queries.query(text, params);
      },
      inTurn(statements) {
        asked.push(statements.map(({ text }) => text).join(';'));
        return inTurn(queries, statements);
      },
    };
  }
  beforeEach(async () => {
    sql = await openEmbedded();
    hub = await testHub({
      ...sql,
      ...counted(sql),
      transaction: (work) => sql.transaction((tx) => work(counted(tx))),
    });
    device = await enrolled(hub);
    log = await someEntries(205, device.id);
    const before = log.slice(0, 5);
    expect((await post(hub, '/v1/scans', await batchOf(device, before))).status).toBe(200);
  });
  afterEach(async () => {
    vi.restoreAllMocks();
    syncBuiltinESMExports();
    await sql.close();
  });

  /** By WebCrypto or by node itself. */
  function counters() {
    const webs = [vi.spyOn(crypto.subtle, 'sign'), vi.spyOn(crypto.subtle, 'verify')] as const;
    const nodes = [vi.spyOn(nodeCrypto, 'sign'), vi.spyOn(nodeCrypto, 'verify')] as const;
    const keys = [vi.spyOn(nodeCrypto, 'createPublicKey'), vi.spyOn(crypto.subtle, 'importKey')];
    const hashes = [vi.spyOn(nodeCrypto, 'createHash'), vi.spyOn(crypto.subtle, 'digest')];
    const packing = [vi.spyOn(zlib, 'deflateRawSync'), vi.spyOn(zlib, 'gunzipSync')];
    syncBuiltinESMExports();
    const json = [vi.spyOn(JSON, 'parse'), vi.spyOn(JSON, 'stringify')] as const;
    const all = [...webs, ...nodes, ...keys, ...hashes, ...packing, ...json];
    for (const spy of all) spy.mockClear();
    return () => {
      const calls = (...spies: readonly { readonly mock: { readonly calls: unknown[] } }[]) =>
        spies.reduce((sum, { mock }) => sum + mock.calls.length, 0);
      return {
        signed: calls(webs[0], nodes[0]),
        verified: calls(webs[1], nodes[1]),
        keys: calls(...keys),
        parsed: calls(json[0]),
        written: calls(json[1]),
        hashed: calls(...hashes),
        packed: calls(...packing),
      };
    };
  }

  async function cost(width = 5) {
    const entries = log.slice(5, 5 + width);
    const body = Uint8Array.from(zlib.gzipSync(await batchOf(device, entries)));
    asked = [];
    const read = counters();
    const headers = { 'content-encoding': 'gzip' };
    const answer = await hub.app.request('/v1/scans', { method: 'POST', body, headers });
    const counted = read();
    expect(await answer.json()).toMatchObject({
      results: entries.map(() => ({ result: 'stored' })),
    });
    return { roundTrips: asked.length, ...counted };
  }

  /** Whatever its width. */
  const always = { signed: 1, verified: 1, keys: 0, parsed: 3, written: 6, packed: 3 };

  it('is one round trip, one signature made and one checked, by a key that was made before', async () => {
    expect(await cost()).toEqual({ roundTrips: 1, ...always, hashed: 5 + 1 });
  });

  it('is no more of any of these with two hundred entries, but for the hash of each', async () => {
    expect(await cost(200)).toEqual({ roundTrips: 1, ...always, hashed: 200 + 1 });
  });

  it('is five round trips more at a gate of a site, where others are told, and no signature more', async () => {
    await sql.query("insert into sites (id, name, zones) values ('s', 'S', '[]')");
    await sql.query("update gates set site = 's'");
    expect(await cost()).toMatchObject({ roundTrips: 6, ...always });
  });
});
