import type { Sql } from '../../src/node/database.ts';

/**
 * A database as it was before the hub counted what it takes in, and before all that came later, with all
 * its entries: what migrations after the tenth made is gone, their numbers are not.
 */
export async function undoCounting(sql: Sql): Promise<void> {
  await sql.query(`alter table if exists gates drop column settings, drop column pin,
    drop column settings_iat`);
  await sql.query('drop table device_status, conflicts');
  await sql.query('drop table failing_work, sightings, sighting_heads');
  await sql.query('alter table if exists operator_sessions drop column desk_entered_at');
  await sql.query('alter table enrol_codes drop column replaces');
  await sql.query('alter table devices drop column replaces');
  const columns = [
    ...['state', 'reason', 'issuer', 'jti', 'kind', 'dir', 'root'],
    ...['outcome', 'end_state', 'end_reason', 'counted'],
  ];
  const dropped = columns.map((column) => `drop column ${column}`);
  await sql.query('drop index scans_by_time');
  await sql.query('drop index scans_newest_marks');
  await sql.query('drop index scans_marks_by_gate');
  await sql.query(`alter table scans ${dropped.join(', ')}`);
  await sql.query('drop table gate_hours, gate_people, hub_hours, hub_hours_compared');
  await sql.query('alter table device_heads drop column last_seq, drop column heard_at');
}
