import { genesisHash } from '../../core/log/entry.ts';
import type { Sql } from '../../node/database.ts';
import { type Migrations, migrateWith } from '../../node/store/migrate.ts';
import { firstTables } from './tables/first-tables.ts';

/** Applied in order, once each, and never edited afterwards: a change is a new migration. */
const migrations: Migrations = [
  ...firstTables,
  [
    // who works at the console, how they prove it, and what they did: protocol 14
    `create table operators (
       id text primary key,
       name text not null,
       role text not null,
       areas text not null,
       password text,
       totp text,
       totp_step bigint not null default 0,
       created_at bigint not null,
       disabled_at bigint,
       version bigint not null default 1
     )`,
    'create unique index operators_name on operators (lower(name))',
    `create table operator_passkeys (
       id text primary key,
       operator text not null references operators,
       rp text not null,
       public_key text not null,
       counter bigint not null,
       transports text not null,
       label text not null,
       created_at bigint not null,
       used_at bigint
     )`,
    `create table operator_invitations (
       token_sha256 text primary key,
       operator text references operators,
       name text not null,
       role text not null,
       areas text not null,
       created_at bigint not null,
       expires_at bigint not null,
       used_at bigint
     )`,
    `create table operator_sessions (
       token_sha256 text primary key,
       id text not null unique,
       operator text not null references operators,
       agent text not null,
       created_at bigint not null,
       seen_at bigint not null,
       ended_at bigint
     )`,
    'create index operator_sessions_open on operator_sessions (operator) where ended_at is null',
    // what a passkey is asked to sign: good once, for minutes
    `create table operator_challenges (
       challenge text primary key,
       purpose text not null,
       expires_at bigint not null
     )`,
    // wrong tries by account and by address, both as hashes
    `create table sign_in_tries (
       key text primary key,
       since bigint not null,
       tries int not null
     )`,
    `create table operator_log (
       seq bigint primary key,
       at bigint not null,
       act text not null,
       operator text,
       prev text not null,
       hash text not null,
       entry text not null
     )`,
    'create index operator_log_by on operator_log (operator, seq)',
    // where it ends: one row
    'create table operator_log_head (seq bigint not null, hash text not null)',
    `insert into operator_log_head values (0, '${genesisHash}')`,
  ],
  [
    // gates and sites as operators know them: until now a gate was what its devices were told
    `create table sites (
       id text primary key,
       name text not null,
       region text,
       district text,
       zones text not null,
       version bigint not null default 1
     )`,
    `create table gates (
       id text primary key,
       name text not null,
       venue text not null,
       region text,
       site text references sites,
       district text,
       direction text not null default 'in',
       zone text,
       version bigint not null default 1,
       created_at bigint not null,
       closed_at bigint
     )`,
    'create index gates_of_site on gates (site)',
    'create index gates_of_region on gates (region)',
    'alter table devices add column gate_id text',
    `update devices set gate_id = gate::json ->> 'id'`,
    'create index devices_at_gate on devices (gate_id)',
    // which phone used a code: its digits are compared
    'alter table enrol_codes add column device text',
    // both screens showed the same six digits: who said so stands in the operators' log
    'alter table devices add column confirmed_at bigint',
    `insert into gates (id, name, venue, region, created_at)
       select distinct on (gate::json ->> 'id') gate::json ->> 'id', gate::json ->> 'name',
         gate::json ->> 'venue', gate::json ->> 'region', at
       from (select gate, enrolled_at as at from devices
         union all select gate, expires_at from enrol_codes) as known
       order by gate::json ->> 'id', at desc`,
  ],
  [
    // what entries say, to be searched and counted by (`people/`); `counted`: it is in `gate_hours`
    `alter table scans add column state text, add column reason text, add column issuer text,
       add column jti text, add column kind text, add column dir text, add column root bigint,
       add column outcome text, add column end_state text, add column end_reason text,
       add column counted boolean not null default false`,
    'create index scans_by_time on scans (at)',
    'create index scans_by_pass on scans (jti) where jti is not null',
    // the few, and not the many that passed
    "create index scans_by_state on scans (end_state, at) where end_state <> 'pass'",
    "create index scans_by_reason on scans (end_reason, at) where end_reason <> 'admitted'",
    "create index scans_by_outcome on scans (outcome, at) where outcome <> 'admitted'",
    'create index scans_by_root on scans (device, root) where root is not null',
    `create index scans_newest_marks on scans (device, seq)
       where type in ('shift-start', 'shift-end')`,
    'create index scans_uncounted on scans (device, seq) where not counted',
    `create table gate_hours (
       gate text not null,
       hour bigint not null,
       standing text not null,
       dir text not null,
       state text not null,
       reason text not null,
       issuer text not null,
       outcome text not null,
       count bigint not null,
       companions bigint not null,
       primary key (gate, hour, standing, dir, state, reason, issuer, outcome)
     )`,
    'create index gate_hours_by_hour on gate_hours (hour)',
    // the highest seq stored, with or without a gap before it, and when something new came last
    'alter table device_heads add column last_seq bigint not null default 0',
    'alter table device_heads add column heard_at bigint',
    `update device_heads set
       last_seq = coalesce((select max(seq) from scans where scans.device = device_heads.device), 0),
       heard_at = (select received_at from scans where scans.device = device_heads.device
         order by seq desc limit 1)`,
  ],
  [
    // what is set for the phones of a gate, JSON; its PIN apart, hashed; and when, in seconds: the version
    `alter table gates add column settings text not null default '{}', add column pin text,
       add column settings_iat bigint`,
    // what each phone told of itself last, JSON
    `create table device_status (
       device text primary key references devices,
       told_at bigint not null,
       facts text not null
     )`,
    // the phone in whose place another is enrolled, by its code
    'alter table enrol_codes add column replaces text',
    'alter table devices add column replaces text',
  ],
  [
    // one code at two phones within minutes: the later entry and the earlier; what was shown is theirs to say
    `create table conflicts (
       at bigint not null,
       device text not null,
       seq bigint not null,
       other text not null,
       other_seq bigint not null,
       primary key (device, seq, other, other_seq)
     )`,
    'create index conflicts_by_time on conflicts (at, device, seq)',
    // the same code within minutes, however often it was shown in a year
    'drop index scans_by_pass',
    'create index scans_by_pass on scans (jti, at) where jti is not null',
  ],
  [
    // what the hub does by itself and cannot do now
    `create table failing_work (
       what text primary key,
       problem text not null,
       since bigint not null,
       at bigint not null
     )`,
  ],
  [
    // who of a site let which code in last, for a day; numbered in the order of commits, site by site
    `create table sightings (
       site text not null,
       key text not null,
       device text not null,
       gate text not null,
       at bigint not null,
       heard_at bigint not null,
       seq bigint not null,
       primary key (site, key)
     )`,
    'create index sightings_in_order on sightings (site, seq)',
    'create index sightings_by_time on sightings (heard_at)',
    'create table sighting_heads (site text primary key, seq bigint not null)',
    // what a phone is told of its codes shown twice
    'create index conflicts_of_device on conflicts (device, at)',
    'create index conflicts_of_other on conflicts (other, at)',
  ],
  [
    // phones are told which way their gate goes and where it leads, with its settings
    `update gates set settings_iat = coalesce(settings_iat, 0) + 1
       where direction <> 'in' or zone is not null`,
  ],
  [
    // when a console session first got a pass for the issuing side
    'alter table operator_sessions add column desk_entered_at bigint',
  ],
  [
    // people at all gates by hour: a page of all would read every gate's rows (`people/hub-hours.ts`)
    `create table hub_hours (
       part int not null,
       hour bigint not null,
       standing text not null,
       dir text not null,
       state text not null,
       reason text not null,
       issuer text not null,
       outcome text not null,
       count bigint not null,
       primary key (part, hour, standing, dir, state, reason, issuer, outcome)
     )`,
    'create index hub_hours_by_hour on hub_hours (hour)',
    `insert into hub_hours
       select -1, hour, standing, dir, state, reason, issuer, outcome, sum(count)::bigint
       from gate_hours group by hour, standing, dir, state, reason, issuer, outcome
       having sum(count) <> 0`,
    // who are few are found among all else that is asked by their index alone, in the order of the page
    'drop index scans_by_state',
    'drop index scans_by_reason',
    'drop index scans_by_outcome',
    `create index scans_by_state on scans
       (end_state, at, device, seq, end_reason, outcome, dir, gate) where end_state <> 'pass'`,
    `create index scans_by_reason on scans
       (end_reason, at, device, seq, end_state, outcome, dir, gate) where end_reason <> 'admitted'`,
    `create index scans_by_outcome on scans
       (outcome, at, device, seq, end_state, end_reason, dir, gate) where outcome <> 'admitted'`,
    // when the two were last compared, in milliseconds: one row, for one hub at a time
    'create table hub_hours_compared (at bigint not null)',
    'insert into hub_hours_compared values (0)',
  ],
  [
    // a shift's totals are read from an index alone, and a gate's shifts in their order
    `create index scans_by_shift on scans (device, shift, seq)
       include (at, gate, type, trusted, counted, outcome, dir, state)`,
    `create index scans_marks_by_gate on scans (gate, at, device, seq, shift, type)
       where type in ('shift-start', 'shift-end')`,
    // who came to a gate in an hour, of all kinds: when people come is asked of weeks (`people/gate-people.ts`)
    `create table gate_people (
       gate text not null,
       hour bigint not null,
       people bigint not null,
       refused bigint not null,
       primary key (gate, hour)
     )`,
    `insert into gate_people
       select gate, hour, sum(count)::bigint,
         coalesce(sum(count) filter (where outcome = 'refused'), 0)::bigint
       from gate_hours where standing = 'counted' and dir = 'in'
       group by gate, hour having sum(count) <> 0 order by hour, gate`,
  ],
  [
    // begun with the shift: a plan made while a table was empty read a device's seqs in it, all that it had
    'drop index scans_by_shift',
    `create index scans_by_shift on scans (shift, device, seq)
       include (at, gate, type, trusted, counted, outcome, dir, state)`,
  ],
];

/** Any number, the same in every hub: only one migrates at a time. */
const lockId = 4_600_001;

/** Brings the database to the newest form; several hubs may start on one database at once. */
export const migrate = (sql: Sql): Promise<void> => migrateWith(sql, migrations, lockId);
