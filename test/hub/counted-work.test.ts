import nodeCrypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Queries, Sql } from '../../src/node/database.ts';
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
 * What an upload costs, in what can be counted on any machine: round trips to the database, and signatures
 * made and checked. Each of them is a tenth of a millisecond or more of every upload of every phone; a
 * number here may be made smaller, and is not made larger without a word on why.
 */
describe('an upload of five entries, in order, by a phone whose log is held so far', () => {
  let asked: string[] = [];
  let hub: TestHub;
  let device: TestDevice;
  let sql: Sql;

  function counted(queries: Queries): Queries {
    return {
      query(text, params) {
        asked.push(text);
        return queries.query(text, params);
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
    const before = await someEntries(5, device.id);
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
    syncBuiltinESMExports();
    const json = [vi.spyOn(JSON, 'parse'), vi.spyOn(JSON, 'stringify')] as const;
    const all = [...webs, ...nodes, ...json];
    for (const spy of all) spy.mockClear();
    return () => {
      const calls = (...spies: readonly { readonly mock: { readonly calls: unknown[] } }[]) =>
        spies.reduce((sum, { mock }) => sum + mock.calls.length, 0);
      return {
        signed: calls(webs[0], nodes[0]),
        verified: calls(webs[1], nodes[1]),
        parsed: calls(json[0]),
      };
    };
  }

  async function cost() {
    const entries = (await someEntries(10, device.id)).slice(5);
    const body = await batchOf(device, entries);
    asked = [];
    const read = counters();
    const answer = await post(hub, '/v1/scans', body);
    const counted = read();
    expect(await answer.json()).toMatchObject({
      results: entries.map(() => ({ result: 'stored' })),
    });
    return { roundTrips: asked.length, ...counted };
  }

  it('is so many round trips, one signature made and one checked', async () => {
    expect(await cost()).toEqual({ roundTrips: 2, signed: 1, verified: 1, parsed: 3 });
  });

  it('is five round trips more at a gate of a site, where others are told, and no signature more', async () => {
    await sql.query("insert into sites (id, name, zones) values ('s', 'S', '[]')");
    await sql.query("update gates set site = 's'");
    expect(await cost()).toEqual({ roundTrips: 7, signed: 1, verified: 1, parsed: 3 });
  });
});
