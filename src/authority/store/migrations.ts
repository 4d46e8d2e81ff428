import { genesisHash } from '../../core/log/entry.ts';
import type { Sql } from '../../node/database.ts';
import { type Migrations, migrateWith } from '../../node/store/migrate.ts';

/**
 * Applied in order, once each, and never edited afterwards: a change is a new migration. What names a
 * person or can be dialled is `bytea`, encrypted (`privacy/column-cipher.ts`); `key_id` says by which key.
 */
const migrations: Migrations = [
  [
    // one row a person: `subject` is the HMAC of type and number
    `create table persons (
       id text primary key,
       subject text not null unique,
       type text not null,
       birth_year int,
       key_id int not null,
       name bytea not null,
       number bytea not null,
       created_at bigint not null
     )`,
    'create index persons_by_key on persons (key_id)',
    // what rules say of a person, and why; `declared` is when they declared last
    `create table standings (
       person text primary key references persons,
       state text,
       notices text not null,
       because text not null,
       until bigint,
       recheck_at bigint,
       rules int not null,
       judged_at bigint not null,
       district text,
       declared_at bigint
     )`,
    'create index standings_to_recheck on standings (recheck_at) where recheck_at is not null',
    'create index standings_by_rules on standings (rules)',
    'create index standings_by_district on standings (district)',
    `create table declarations (
       id text primary key,
       person text not null references persons,
       day text not null,
       nth int not null,
       at bigint not null,
       district text not null,
       answers text not null,
       key_id int not null,
       private bytea not null
     )`,
    'create unique index declarations_of on declarations (person, day desc, nth desc)',
    'create index declarations_by_key on declarations (key_id)',
  ],
  [
    `create table sources (
       id text primary key,
       name text not null,
       jwk text not null,
       kinds text not null,
       added_at bigint not null,
       ended_at bigint
     )`,
    `create table fact_batches (
       source text not null references sources,
       batch text not null,
       sha256 text not null,
       at bigint not null,
       answer text not null,
       primary key (source, batch)
     )`,
    // of people who may not have signed in yet: by the same HMAC
    `create table facts (
       source text not null references sources,
       id text not null,
       subject text not null,
       kind text not null,
       value text,
       district text,
       at bigint not null,
       until bigint,
       content_sha256 text not null,
       batch text not null,
       taken_at bigint not null,
       withdrawn_at bigint,
       primary key (source, id)
     )`,
    'create index facts_of on facts (subject) where withdrawn_at is null',
    `create table districts (
       code text primary key,
       risk text not null,
       since text not null,
       changed_at bigint not null
     )`,
    `create table rule_sets (
       version int primary key,
       content text not null,
       added_at bigint not null,
       used_at bigint
     )`,
    // long work that goes on where it stopped
    'create table jobs (name text primary key, state text not null)',
  ],
  [
    // one row an index of the status list that something outstanding has, or had lately
    // without a person: revoked by the ceremony before the service kept the list
    `create table status_indices (
       idx bigint primary key,
       person text references persons,
       kind text not null,
       state text not null,
       expires_at bigint not null,
       revoked_at bigint,
       urgent boolean not null default false,
       published boolean not null default false
     )`,
    'create index status_indices_of on status_indices (person, kind, expires_at)',
    `create index status_indices_waiting on status_indices (revoked_at)
       where revoked_at is not null and not published`,
    'create index status_indices_over on status_indices (expires_at)',
    // the day's full list as published, deflated: what the delta is laid over
    `create table published_list (
       id int primary key,
       day text not null,
       version int not null,
       bits text not null,
       sha256 text not null,
       at bigint not null
     )`,
  ],
  [
    `create table relatives (
       holder text not null references persons,
       relative text not null references persons,
       kind text not null,
       added_at bigint not null,
       primary key (holder, relative)
     )`,
    'create index relatives_of on relatives (relative)',
    `create table consents (
       code_sha256 text primary key,
       person text not null references persons,
       expires_at bigint not null,
       used_at bigint
     )`,
    `create table appeals (
       id text primary key,
       person text not null references persons,
       at bigint not null,
       class text not null,
       key_id int not null,
       text bytea not null,
       answer bytea,
       outcome text,
       answered_at bigint
     )`,
    'create index appeals_of on appeals (person, at desc)',
    'create index appeals_open on appeals (at) where outcome is null',
    'create index appeals_by_key on appeals (key_id)',
  ],
  [
    // signing in: what a browser began, good once
    `create table sign_in_flows (
       flow_sha256 text primary key,
       state text not null,
       nonce text not null,
       verifier text not null,
       expires_at bigint not null,
       used_at bigint
     )`,
    `create table sessions (
       token_sha256 text primary key,
       id text not null unique,
       kind text not null,
       whose text not null,
       name text not null,
       role text not null,
       agent text not null,
       created_at bigint not null,
       seen_at bigint not null,
       ended_at bigint
     )`,
    'create index sessions_of on sessions (whose) where ended_at is null',
    // passes of the hub's for its operators, each good once
    'create table desk_passes (jti text primary key, expires_at bigint not null)',
    // what may be done so often in a window, by a hash of whose it is
    `create table counted (
       key text primary key,
       since bigint not null,
       times int not null
     )`,
    // the latest time signed: one row
    'create table signed_time (id int primary key, at bigint not null)',
    `create table operator_log (
       seq bigint primary key,
       at bigint not null,
       act text not null,
       operator text,
       prev text not null,
       hash text not null,
       entry text not null
     )`,
    'create table operator_log_head (seq bigint not null, hash text not null)',
    `insert into operator_log_head values (0, '${genesisHash}')`,
  ],
  [
    // places that have, or had, a venue code: a gate's or a site's id
    `create table places (
       id text primary key,
       name text not null,
       venue text not null,
       region text not null,
       district text,
       hotline text,
       added_at bigint not null
     )`,
    // the link of a poster is no secret: it hangs at the door, and is printed again from here
    `create table venue_codes (
       id text primary key,
       place text not null references places,
       idx bigint not null,
       text text not null,
       issued_at bigint not null,
       expires_at bigint not null,
       revoked_at bigint,
       reason text
     )`,
    // one good code a place
    'create unique index venue_codes_in_use on venue_codes (place) where revoked_at is null',
    'create index venue_codes_of on venue_codes (place, issued_at desc)',
    `create table place_applications (
       id text primary key,
       person text references persons,
       operator text,
       at bigint not null,
       name text not null,
       venue text not null,
       district text,
       place text,
       hotline text,
       state text not null,
       reason text,
       decided_at bigint,
       code text references venue_codes
     )`,
    'create index place_applications_of on place_applications (person, at desc)',
    `create index place_applications_waiting on place_applications (at) where state = 'asked'`,
  ],
  [
    // who was where; the citizen's check-in writes it
    `create table if not exists visits (
       id text primary key,
       venue_code text not null,
       place text not null,
       person text not null,
       at bigint not null,
       received bigint not null,
       with_count int not null default 0
     )`,
    'create index if not exists visits_at on visits (place, at)',
    'create index if not exists visits_old on visits (at)',
    'create index if not exists visits_came on visits (received)',
    // as the signed code named the place on that day: what the person is shown
    'alter table visits add column if not exists place_name text',
    'create index if not exists visits_of on visits (person, at desc)',
  ],
  [
    // until when the hub's word stands for an operator at the desk
    'alter table sessions add column vouched_until bigint',
  ],
  [
    // the code that a renewed one took the place of: whoever had applied for that has the new poster too
    'alter table venue_codes add column before text references venue_codes',
    'create index venue_codes_after on venue_codes (before) where before is not null',
  ],
];

/** Any number, the same in every process of the authority and another one than the hub's. */
const lockId = 4_610_001;

/** Brings the authority's database to the newest form. */
export const migrate = (sql: Sql): Promise<void> => migrateWith(sql, migrations, lockId);
