/**
 * `npm run bench:authority -- [--fill N] [--people N] [--seconds S] [--json FILE]`: on PostgreSQL, live
 * codes and day credentials a second; then N people judged anew after a change of rules, the service
 * answering meanwhile; then a list of 14 million indices with 1 % revoked.
 *
 * The fill is SQL on the tables: its names are no names and are never opened, every person has one
 * declaration, one in fifty a fact. Codes are asked of other people, made as the service makes them.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type CodeNeeds, issueCredential, issueLive } from '../../src/authority/codes/issue.ts';
import { generateKey, publicHalf, signerOf } from '../../src/authority/keys.ts';
import { columnCipher } from '../../src/authority/privacy/column-cipher.ts';
import { newSecrets } from '../../src/authority/privacy/secrets.ts';
import { publishList } from '../../src/authority/publishing/publish-list.ts';
import { openSeat } from '../../src/authority/publishing/seat.ts';
import { takeListOver } from '../../src/authority/publishing/take-over.ts';
import { recompute, settleSome } from '../../src/authority/standing/recompute.ts';
import { putRulesInForce } from '../../src/authority/standing/use-rules.ts';
import { addDeclaration } from '../../src/authority/store/declarations.ts';
import { migrate } from '../../src/authority/store/migrations.ts';
import { takePerson } from '../../src/authority/store/persons.ts';
import { epochMillis, toSeconds } from '../../src/core/units.ts';
import { demoHealthRules } from '../../src/demo/demo-health-rules.ts';
import { demoKeys } from '../../src/demo/demo-keys.ts';
import { demoPublish } from '../../src/demo/demo-set.ts';
import type { Sql } from '../../src/node/database.ts';
import { operating } from '../../src/node/patience.ts';
import { openPostgres } from '../../src/node/postgres.ts';
import { declared, someone } from '../support/authority/people.ts';
import { randomBytes } from '../support/passes.ts';
import { postgresBin, startPostgres } from '../support/postgres-server.ts';
import { cpuMs } from './cpu-of.ts';

const { values } = parseArgs({
  options: {
    fill: { type: 'string', default: '1000000' },
    people: { type: 'string', default: '1000' },
    seconds: { type: 'string', default: '10' },
    json: { type: 'string' },
  },
});
const [fill, people, seconds] = [values.fill, values.people, values.seconds].map(Number) as [
  number,
  number,
  number,
];
const bin = postgresBin();
if (!bin) throw new Error('No PostgreSQL server here (pg_ctl)');

const now = epochMillis(Date.now());
const size = 14_000_000;
let bare: ReturnType<typeof signerOf> | undefined;
const cipher = columnCipher(newSecrets(randomBytes), randomBytes);
const folder = mkdtempSync(join(tmpdir(), 'kakou-bench-'));
const server = await startPostgres(bin, '-c shared_buffers=1GB -c max_wal_size=4GB');
const sql = await openPostgres(server.url, () => {}, operating);
const figures: Record<string, number> = {};
const tell = (name: string, value: number, unit: string) => {
  figures[name] = value;
  console.log(
    `${name.padEnd(56)} ${value.toLocaleString('en', { maximumFractionDigits: 1 })} ${unit}`,
  );
};

try {
  await migrate(sql);
  await demoPublish({ dir: folder, now: toSeconds(now), dryRun: false });
  const own = Object.values(demoKeys().issuers['CN-TJ'] ?? {});
  const seat = openSeat(folder, 'CN-TJ', own);
  await takeListOver(sql, seat, folder, now);
  await putRulesInForce(demoHealthRules['CN-TJ'], { sql, now, by: 'command-line' });
  const persons = await enrol(sql);
  // the demo's list is small: indices are drawn from one as large as a city's
  const wide = { ...seat, issuer: () => widened(seat.issuer()) };
  const needs: CodeNeeds = { sql, cipher, random: randomBytes, seat: wide, now };
  const holder = publicHalf(await generateKey('phone'));
  console.log(`${cpus().length} cores, ${cpus()[0]?.model ?? ''}; ${people} people with codes\n`);

  await rate('bare ES256 signatures (the yardstick)', () => bareSignature());
  await rate('live codes', (i) => issueLive(needs, { person: persons[i % persons.length] ?? '' }));
  await rate('day credentials', (i) =>
    issueCredential(needs, { person: persons[i % persons.length] ?? '' }, holder),
  );

  await fillPeople(sql, fill);
  const rules = demoHealthRules['CN-TJ'];
  const dryAt = performance.now();
  await putRulesInForce(
    { ...rules, rules: rules.rules.slice(1) },
    { sql, now, by: 'command-line' },
  );
  tell(`dry run over ${fill + people} people`, (performance.now() - dryAt) / 1000, 's');
  await recomputeAll(needs, persons);

  await bigList(sql);
  const bundleSigners = await Promise.all(demoKeys().bundle.map(signerOf));
  const listed = { ...wide, published: () => widePublished(seat) };
  const listAt = performance.now();
  await publishList({ sql, seat: listed, folder, bundleSigners }, now);
  tell('full list of 14,000,000 indices, 1 % revoked, published', performance.now() - listAt, 'ms');
  if (values.json) writeFileSync(values.json, JSON.stringify(figures, null, 2));
} finally {
  await sql.close();
  server.stop();
  rmSync(folder, { recursive: true });
}

type Seat = ReturnType<typeof openSeat>;

function widened(issuer: ReturnType<Seat['issuer']>) {
  return issuer?.list ? { ...issuer, list: { ...issuer.list, size } } : issuer;
}

function widePublished(seat: Seat) {
  const published = seat.published();
  if (!published) return undefined;
  const issuers = published.bundle.issuers.map((one) =>
    one.id === 'CN-TJ' ? (widened(one) ?? one) : one,
  );
  return { ...published, bundle: { ...published.bundle, issuers } };
}

async function enrol(on: Sql): Promise<string[]> {
  const ids: string[] = [];
  const needs = { cipher, random: randomBytes, now };
  for (let i = 0; i < people; i++) {
    const birth = `19${String(60 + Math.floor(i / 1000)).padStart(2, '0')}0101`;
    ids.push(await takePerson(on, someone(i % 1000, `张小${i}`, birth), needs));
  }
  await on.transaction(async (tx) => {
    for (const id of ids) await addDeclaration(tx, id, declared(), needs);
    await recompute(tx, ids, now);
  });
  return ids;
}

async function rate(name: string, work: (i: number) => Promise<unknown>): Promise<void> {
  const [began, cpu] = [performance.now(), process.cpuUsage()];
  let done = 0;
  const until = began + seconds * 1000;
  await Promise.all(
    Array.from({ length: 16 }, async () => {
      while (performance.now() < until) {
        const made = await work(done++);
        if (typeof made === 'string') throw new Error(`${name}: ${made}`);
      }
    }),
  );
  const wall = (performance.now() - began) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  tell(`${name} a second`, done / wall, '/s');
  tell(`${name}: CPU of this process each`, (user + system) / 1000 / done, 'ms');
}

async function bareSignature(): Promise<unknown> {
  bare ??= signerOf(await generateKey('bare'));
  const { key } = await bare;
  return crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, key, new Uint8Array(150));
}

async function fillPeople(on: Sql, count: number): Promise<void> {
  const at = performance.now();
  const answers = '{"symptoms":[],"contact":false,"travel":[],"abroad":false}';
  await on.query(
    `insert into persons (id, subject, type, birth_year, key_id, name, number, created_at)
     select 'fill-' || lpad(i::text, 8, '0'), md5(i::text) || md5('x' || i), 'resident-id', 1950 + i % 60, 1,
       decode(md5(i::text) || md5('n' || i), 'hex'), decode(md5('m' || i) || md5('k' || i), 'hex'), $2
     from generate_series(1, $1::int) as i`,
    [count, now],
  );
  await on.query(
    `insert into declarations (id, person, day, nth, at, district, answers, key_id, private)
     select 'd-' || id, id, '2026-01-01', 1, $1, '1201' || lpad((birth_year % 16)::text, 2, '0'), $2, 1, name
     from persons where id like 'fill-%'`,
    [now, answers],
  );
  await on.query(
    `insert into sources (id, name, jwk, kinds, added_at) values ('fill', 'fill', '{}', '[]', 1)`,
  );
  await on.query(
    `insert into facts (source, id, subject, kind, at, content_sha256, batch, taken_at)
     select 'fill', id, subject, 'contact', $1, '', 'b', $2 from persons
     where id like 'fill-%' and right(id, 2) in ('17', '67')`,
    [toSeconds(now), now],
  );
  await on.query(
    `insert into standings (person, state, notices, because, rules, judged_at, district, declared_at)
     select id, 'g', '[]', '[]', 0, 0, '120101', $1 from persons where id like 'fill-%'`,
    [now],
  );
  await on.query('analyze');
  tell(`${count} people filled in`, (performance.now() - at) / 1000, 's');
}

/** Everybody judged anew, and a code asked for every 50 ms meanwhile, by another connection. */
async function recomputeAll(needs: CodeNeeds, persons: readonly string[]): Promise<void> {
  const postmaster = Number(
    readFileSync(join(server.data, 'postmaster.pid'), 'utf8').split('\n')[0],
  );
  const [began, cpu, base] = [performance.now(), process.cpuUsage(), cpuMs(postmaster)];
  let judged = 0;
  let isDone = false;
  const waits: number[] = [];
  const asking = (async () => {
    for (let i = 0; !isDone; i++) {
      const at = performance.now();
      await issueLive(needs, { person: persons[i % persons.length] ?? '' });
      waits.push(performance.now() - at);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  })();
  for (;;) {
    const some = await settleSome(needs.sql, now);
    if (!some) break;
    judged += some.persons;
  }
  isDone = true;
  await asking;
  const wall = (performance.now() - began) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  waits.sort((a, b) => a - b);
  tell(`${judged} people judged anew`, wall, 's');
  tell('people judged a second', judged / wall, '/s');
  tell('judging: CPU of this process', (user + system) / 1e6, 's');
  tell('judging: CPU of PostgreSQL', (cpuMs(postmaster) - base) / 1000, 's');
  tell('a live code meanwhile, median', waits[Math.floor(waits.length / 2)] ?? 0, 'ms');
  tell('a live code meanwhile, p95', waits[Math.floor(waits.length * 0.95)] ?? 0, 'ms');
}

async function bigList(on: Sql): Promise<void> {
  await on.query(
    `insert into status_indices (idx, kind, state, expires_at, revoked_at, published)
     select i * 100, 'credential', 'g', $2, $3, false from generate_series(1, $1::int) as i
     on conflict do nothing`,
    [size / 100 - 1, toSeconds(now) + 86_400, now],
  );
}
