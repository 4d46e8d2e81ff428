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
  afterEach(() => sql.close());

  async function cost() {
    const entries = (await someEntries(10, device.id)).slice(5);
    const body = await batchOf(device, entries);
    asked = [];
    const sign = vi.spyOn(crypto.subtle, 'sign');
    const verify = vi.spyOn(crypto.subtle, 'verify');
    sign.mockClear();
    verify.mockClear();
    const answer = await post(hub, '/v1/scans', body);
    expect(await answer.json()).toMatchObject({
      results: entries.map(() => ({ result: 'stored' })),
    });
    return {
      ...{ roundTrips: asked.length, signed: sign.mock.calls.length },
      verified: verify.mock.calls.length,
    };
  }

  it('is so many round trips, one signature made and one checked', async () => {
    expect(await cost()).toEqual({ roundTrips: 7, signed: 1, verified: 1 });
  });

  it('is five round trips more at a gate of a site, where others are told, and no signature more', async () => {
    await sql.query("insert into sites (id, name, zones) values ('s', 'S', '[]')");
    await sql.query("update gates set site = 's'");
    expect(await cost()).toEqual({ roundTrips: 12, signed: 1, verified: 1 });
  });
});
