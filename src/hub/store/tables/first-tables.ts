import { genesisHash } from '../../../core/log/entry.ts';

/** Migrations 1 to 8: devices, their codes and their logs. Never edited. */
export const firstTables: readonly (readonly string[])[] = [
  [
    `create table devices (
       id text primary key,
       jwk text not null,
       gate text not null,
       enrolled_at bigint not null,
       revoked_at bigint
     )`,
    `create table enrol_codes (
       code_sha256 text primary key,
       gate text not null,
       expires_at bigint not null,
       used_at bigint
     )`,
    `create table scans (
       device text not null references devices,
       seq bigint not null,
       at bigint not null,
       received_at bigint not null,
       shift text not null,
       gate text not null,
       type text not null,
       trusted boolean not null,
       flag text,
       prev text not null,
       hash text not null,
       entry text not null,
       primary key (device, seq)
     )`,
    'create index scans_by_gate on scans (gate, at)',
    `create table quarantine (
       device text not null references devices,
       seq bigint not null,
       entry_sha256 text not null,
       received_at bigint not null,
       reason text not null,
       trusted boolean not null,
       prev text not null,
       hash text not null,
       entry text not null,
       primary key (device, seq, entry_sha256)
     )`,
    `create table device_heads (
       device text primary key references devices,
       seq bigint not null,
       hash text not null,
       receipt text
     )`,
  ],
  [
    // where shifts begin and end: two rows a shift, so that reading them does not grow with the log
    `create index scans_shift_marks on scans (device, shift)
       where type in ('shift-start', 'shift-end')`,
    `create index scans_newest_shifts on scans (at)
       where type in ('shift-start', 'shift-end')`,
  ],
  [
    // the last entry that was forgotten by the operator's rule: what the held log follows
    'alter table device_heads add column forgotten_seq bigint not null default 0',
    `alter table device_heads add column forgotten_hash text not null default '${genesisHash}'`,
  ],
  [
    // what devices signed, and the hub's signed word on each device: protocol 7
    `create table batches (
       device text not null references devices,
       first_seq bigint not null,
       last_seq bigint not null,
       sha256 text not null,
       jws bytea not null,
       primary key (device, last_seq, sha256)
     )`,
    'alter table devices add column record text',
    // since when both are kept: one row, written by the first start that can
    'create table proofs (id int primary key, since bigint not null)',
    // content put away by the operator, and why; entries of a revoked device beyond its room
    'alter table quarantine add column dropped text',
    'alter table device_heads add column unkept bigint not null default 0',
    // seqs that never came and were given up by `forget`, as JSON pairs
    `alter table device_heads add column given_up text not null default '[]'`,
  ],
  [
    // what a health check writes: one row, changed in place
    'create table store_probe (at bigint not null)',
    'insert into store_probe values (0)',
    // the one authority whose gates this is the log of
    'create table authority (root_sha256 text not null, demo boolean not null)',
  ],
  [
    // marks of a device, counted as its entries come: for another gate, and after it was revoked
    'alter table device_heads add column other_gate bigint not null default 0',
    'alter table device_heads add column untrusted bigint not null default 0',
  ],
  [
    // the latest time hubs on this database have signed: one row
    'create table signed_time (id int primary key, at bigint not null)',
    `insert into signed_time
       select 1, max(received_at) from scans having max(received_at) is not null`,
  ],
  [
    // the supervisors' PIN that goes with a code, hashed: JSON, until some time after the code is over
    'alter table enrol_codes add column pin text',
  ],
];
