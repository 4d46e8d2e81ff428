import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSeat, type Seat } from '../../../src/authority/publishing/seat.ts';
import { issueVenueCode } from '../../../src/authority/venues/issue-venue-code.ts';
import { holdPlace, putPlace } from '../../../src/authority/venues/register.ts';
import { epochMillis, toSeconds } from '../../../src/core/units.ts';
import { demoKeys } from '../../../src/demo/demo-keys.ts';
import { demoPublish } from '../../../src/demo/demo-set.ts';
import type { Sql } from '../../../src/node/database.ts';
import { databases } from '../../support/authority/databases.ts';
import { randomBytes } from '../../support/passes.ts';

const now = epochMillis(Date.UTC(2026, 5, 1, 2));
let folder: string;
let seat: Seat;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'kakou-venues-'));
  await demoPublish({ dir: folder, now: toSeconds(now), dryRun: false });
  seat = openSeat(folder, 'CN-TJ', Object.values(demoKeys().issuers['CN-TJ'] ?? {}));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe.each(databases)('venue codes on $name', ({ open }) => {
  let sql: Sql;
  beforeAll(async () => {
    sql = await open();
  });
  afterAll(() => sql.close());

  const library = { place: 'library', name: '图书馆', venue: 'other' } as const;
  /** As the desk does it: the place is written, held, and given a code. */
  const grant = (replaces?: string) =>
    sql.transaction(async (tx) => {
      await putPlace(tx, library, 'CN-TJ', now);
      const held = await holdPlace(tx, library.place);
      if (!held) throw new Error('no place');
      const needs = { random: randomBytes, seat, host: 'code.example', now };
      return issueVenueCode(tx, needs, held, { days: 30, replaces });
    });
  const inUse = async () =>
    (await sql.query<{ id: string }>('select id from venue_codes where revoked_at is null')).map(
      ({ id }) => id,
    );

  it('of eight grants of a place at once, and then eight renewals of its code, one is made', async () => {
    let last: string | undefined;
    for (const round of ['granted', 'renewed']) {
      const made = await Promise.all(Array.from({ length: 8 }, () => grant(last)));
      const good = made.flatMap((one) => (typeof one === 'string' ? [] : [one.id]));
      expect([round, good.length]).toEqual([round, 1]);
      expect(made.filter((one) => one === 'place-taken')).toHaveLength(7);
      expect(await inUse()).toEqual(good);
      last = good[0];
    }
    const revoked = await sql.query('select 1 from status_indices where revoked_at is not null');
    expect(revoked).toHaveLength(1);
  });
});
