import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { publicHalf } from '../../../src/authority/keys.ts';
import { runVerifyExport } from '../../../src/cli/run-verify-export.ts';
import type { FoundEntries } from '../../../src/core/console/entries.ts';
import type { EntryBody } from '../../../src/core/log/entry.ts';
import { checkHubExport } from '../../../src/core/log/export/hub-export.ts';
import { readCsv } from '../../../src/core/table/read-csv.ts';
import { hubColumns } from '../../../src/core/table/table.ts';
import { demoKeys } from '../../../src/demo/demo-keys.ts';
import { ask } from '../../cli/run.ts';
import { chainedLog } from '../../support/chained-log.ts';
import { type ConsoleClient, joined } from '../../support/console-client.ts';
import { databases } from '../../support/databases.ts';
import { someScan } from '../../support/log-entries.ts';
import { officeBin, openByOffice } from '../../support/office.ts';
import { answerOf } from '../../support/run-command.ts';
import {
  enrolled,
  type TestDevice,
  type TestHub,
  testHub,
  upload,
} from '../../support/test-hub.ts';

const scan = (change: object = {}) => ({ ...someScan, ...change }) as EntryBody;
const check = (change: object = {}) => scan({ state: 'check', reason: 'notice', ...change });
const said = (ref: number, outcome: 'admitted' | 'refused', change: object = {}) =>
  ({
    ...{ type: 'decision', ref, state: 'check', reason: 'notice', outcome, by: 'guard' },
    ...change,
  }) as EntryBody;

/** A shift with everything in it, and one in which a card was decided after midnight. */
const shift: readonly EntryBody[] = [
  { type: 'shift-start', operator: '=HYPERLINK("x")' },
  scan({ companions: 2 }),
  check({ jti: 'BBBBBBBBBBBBBBBB', iss: 'CN-HE' }),
  said(3, 'refused', { why: 'no-document' }),
  check(),
  { type: 'manual', category: 'elder', admitted: true, tail: '0012' },
  scan({ state: 'stop', reason: 'colour-stop', jti: 'CCCCCCCCCCCCCCCC' }),
  said(3, 'admitted', { by: 'supervisor', why: 'ordered', corrects: 4 }),
  { type: 'shift-end', scans: 4 },
];

const dayMs = 86_400_000;
/** The demo gate's midnight in China, before the hub's clock. */
const midnight = Date.UTC(2022, 1, 28, 16);

describe.each(databases)('entries in the console on $name', ({ open }) => {
  let hub: TestHub;
  let admin: ConsoleClient;
  let auditor: ConsoleClient;
  let elsewhere: ConsoleClient;
  let phones: readonly TestDevice[];
  let eachCounts = 1;
  beforeAll(async () => {
    const sql = await open();
    const query: typeof sql.query = async (text, params) => {
      const rows = await sql.query<never>(text, params);
      if (!text.startsWith('select count(*)::int as n from (')) return rows;
      return rows.map((row: { n: number }) => ({ ...row, n: row.n * eachCounts })) as never;
    };
    hub = await testHub({ ...sql, query });
    admin = await joined(hub, 'admin');
    auditor = await joined(hub, 'auditor', 'auditor');
    elsewhere = await joined(hub, 'elsewhere', 'supervisor', ['region:CN-HE']);
    phones = [await enrolled(hub), await enrolled(hub)];
    const [a, b] = phones as [TestDevice, TestDevice];
    const early = { from: midnight - 30 * 60_000, stepMs: 10 * 60_000 };
    await upload(hub, a, await chainedLog(shift, { device: a.id, from: midnight + 3_600_000 }));
    // 23:30 to 00:50: the card of 23:50 was decided at 00:00
    await upload(hub, b, await chainedLog(shift, { device: b.id, shift: 'night', ...early }));
  });
  afterAll(() => hub.sql.close());

  const today = { from: midnight, to: midnight + dayMs };
  const search = async (question: object, who = admin): Promise<FoundEntries> =>
    (await who.post('/entries/search', question)).body;
  const query = (question: object) =>
    new URLSearchParams({ language: 'en', zone: 'Asia/Shanghai', ...question } as never);
  const take = async (question: object, who = admin) => {
    const answer = await hub.app.request(
      `https://hub.example/console/api/entries/export?${query(question)}`,
      { headers: { 'sec-fetch-site': 'same-origin', cookie: who.cookie ?? '' } },
    );
    return { answer, bytes: new Uint8Array(await answer.arrayBuffer()) };
  };

  it('finds them by gate, verdict, reason, outcome, issuer, pass, phone, shift and time', async () => {
    const all = await search({});
    expect([all.entries.length, all.names]).toEqual([18, { 'demo-gate': 'Kakou 演示卡口' }]);
    expect(all.entries.map(({ at }) => at)).toEqual(
      all.entries.map(({ at }) => at).sort((x, y) => y - x),
    );
    const seqs = async (question: object) =>
      (await search({ device: phones[0]?.id, ...question })).entries.map(({ seq }) => seq);
    expect(await seqs({ state: 'stop' })).toEqual([7]);
    expect(await seqs({ state: 'byHand' })).toEqual([6]);
    expect(await seqs({ reason: 'notice' })).toEqual([5, 3]);
    expect(await seqs({ outcome: 'not-recorded' })).toEqual([5]);
    expect(await seqs({ issuer: 'CN-HE' })).toEqual([3]);
    expect(await seqs({ pass: 'CCCCCCCCCCCCCCCC' })).toEqual([7]);
    expect(await seqs({ type: 'decision' })).toEqual([8, 4]);
    expect(await seqs({ shift: 'no such shift' })).toEqual([]);
    expect((await search({ ...today, shift: 'night' })).entries).toHaveLength(6);
  });

  it('goes on where the page ended', async () => {
    const [, second] = (await search({})).entries;
    if (!second) throw new Error('there is one');
    const { at, device, seq } = second;
    const next = await search({ after: { at, device, seq } });
    expect(next.entries).toHaveLength(16);
  });

  it('refuses what is no question, and shows no gate of other areas', async () => {
    for (const bad of [{ gate: '' }, { from: -1 }, { pass: 'a b' }, { who: 'x' }, { type: 'a"b' }])
      expect((await admin.post('/entries/search', bad)).body.code).toBe('bad-shape');
    expect((await search({}, elsewhere)).entries).toEqual([]);
    expect((await search({ gate: 'demo-gate' }, elsewhere)).entries).toEqual([]);
    const taken = await take({ format: 'csv', gate: 'demo-gate' }, elsewhere);
    expect(readCsv(new TextDecoder().decode(taken.bytes))).toHaveLength(1);
    for (const bad of [
      { format: 'pdf' },
      { format: 'csv', zone: 'Mars/Olympus' },
      { format: 'csv', pass: 'x' },
    ]) {
      const { answer } = await take(bad);
      expect(answer.status).toBe(400);
    }
    expect((await take({ format: 'csv' }, auditor)).answer.status).toBe(403);
  });

  it('gives a CSV with every person whole: a card of last night decided today is of last night', async () => {
    const { answer, bytes } = await take({ format: 'csv', ...today });
    expect(answer.headers.get('content-disposition')).toBe(
      'attachment; filename="kakou-2022-03-01.csv"',
    );
    const [head, ...rows] = readCsv(new TextDecoder().decode(bytes)) as never as {
      cells: string[];
    }[];
    expect(head?.cells).toHaveLength(hubColumns.length);
    const column = (name: (typeof hubColumns)[number]) =>
      rows.map(({ cells }) => cells[hubColumns.indexOf(name)]);
    // nine of the first phone; of the night those who came after midnight, and not what was said of others
    const seqs = column('seq').map(Number);
    expect(seqs).toHaveLength(9 + 4);
    expect(column('admitted').filter((cell) => cell === 'Yes')).toHaveLength(3 + 1);
    expect(column('guard')).toEqual(column('guard').map(() => '\'=HYPERLINK("x")'));
    expect(new Set(column('standing'))).toEqual(new Set(['Yes']));
    expect(column('at')[0]).toMatch(/^2022-03-01 0\d:\d\d:00$/);
  });

  it('gives a workbook whose people are those of the day’s page', async () => {
    const { answer, bytes } = await take({ format: 'xlsx', ...today });
    expect([answer.status, hub.lines.filter((line) => line.includes('error'))]).toEqual([200, []]);
    const files = unzipSync(bytes);
    const xml = (name: string) => strFromU8(files[`xl/worksheets/${name}.xml`] ?? new Uint8Array());
    const numbers = (label: string) => {
      const row = new RegExp(`<t>${label}</t>.*?</row>`).exec(xml('sheet1'))?.[0] ?? '';
      return [...row.matchAll(/<v>(\d+)<\/v>/g)].map(([, n]) => Number(n));
    };
    const { total, from } = (await admin.get('/day?offset=480')).body;
    expect(from).toBe(midnight);
    expect(numbers('People')).toEqual([total.people]);
    expect(numbers('Let in')).toEqual([total.admitted]);
    expect(numbers('Kakou 演示卡口')).toEqual([
      ...[total.people, total.admitted, total.refused, total.notRecorded],
      ...[0, 0], // nobody left, nothing was looked at
    ]);
    expect([...xml('sheet2').matchAll(/<row /g)]).toHaveLength(1 + total.people);
    expect([...xml('sheet3').matchAll(/<row /g)]).toHaveLength(1 + 13);
    const bin = hub.sql.kind === 'pglite' ? officeBin() : undefined;
    if (bin === undefined) return;
    const sheets = (await openByOffice(bin, { 'day.xlsx': bytes })).get('day.xlsx') ?? [];
    expect(sheets.map((one) => [one.name, one.rows.length])).toMatchObject([
      ['Summary', expect.any(Number)],
      ['People', 1 + total.people],
      ['All entries', 1 + 13],
    ]);
    expect(sheets.flatMap(({ rows }) => rows.flat()).some((one) => one?.formula)).toBe(false);
  });

  it('gives signed lines that hold together, and in which nothing can be changed unseen', async () => {
    const { bytes } = await take({ format: 'json', ...today });
    const text = new TextDecoder().decode(bytes);
    const keys = [publicHalf(demoKeys().receipt)];
    const checked = async (changed: string) => {
      const hash = createHash('sha256');
      async function* lines() {
        yield* changed.match(/.*\n|.+$/g) ?? [];
      }
      const sum = {
        update: (some: Uint8Array) => void hash.update(some),
        hex: () => hash.digest('hex'),
      };
      return checkHubExport(lines(), { hash: sum, keys });
    };
    expect(await checked(text)).toMatchObject({ entries: 13, signed: true, lacks: [] });
    const lines = text.split('\n').slice(0, -1);
    const without = (n: number) => `${lines.filter((_, i) => i !== n).join('\n')}\n`;
    expect((await checked(without(0))).problem?.problem).toBe('not-one');
    expect((await checked(without(3))).problem?.problem).toBe('count');
    expect((await checked(without(lines.length - 1))).problem?.problem).toBe('cut');
    expect((await checked(`${text}\n`)).problem?.problem).toBe('after-end');
    expect((await checked(text.replace('"state":"stop"', '"state":"pass"'))).problem?.problem).toBe(
      'hash',
    );
    expect(
      (await checked(text.replace('"trusted":true', '"trusted":false'))).problem?.problem,
    ).toBe('bytes');
    const [twice = ''] = lines.slice(1);
    expect((await checked(text.replace(twice, `${twice}\n${twice}`))).problem?.problem).toBe(
      'count',
    );
  });

  it('is checked by the command line, and without a signature where the clock is in doubt', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'kakou-taken-'));
    try {
      const path = join(folder, 'taken.jsonl');
      const { bytes } = await take({ format: 'json' });
      writeFileSync(path, bytes);
      const good = await ask(runVerifyExport, [path, '--demo']);
      expect([good.code, JSON.parse(good.out)]).toMatchObject([0, { ok: true, entries: 18 }]);
      expect((await ask(runVerifyExport, [path])).code).toBe(2);
      const unsigned = new TextDecoder().decode(bytes).replace(/\{"signed":.*/, '{"signed":null}');
      writeFileSync(path, unsigned);
      const lacking = await ask(runVerifyExport, [path, '--demo']);
      expect([lacking.code, JSON.parse(lacking.out).lacks]).toEqual([2, ['signature']]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('makes no workbook of more than 300,000 entries, and says so before it begins', async () => {
    eachCounts = 20_000; // of which there are 18
    for (const asked of [{}, { check: '1' }])
      expect((await take({ format: 'xlsx', ...asked })).answer.status).toBe(422);
    expect((await take({ format: 'xlsx', shift: 'night' })).answer.status).toBe(200);
    expect((await take({ format: 'csv' })).answer.status).toBe(200);
    eachCounts = 1;
  });

  it('writes down who took what', async () => {
    await take({ format: 'csv', gate: 'demo-gate' });
    const [act] = (await admin.get('/acts')).body.acts;
    expect(act).toMatchObject({ act: 'exported', facts: { format: 'csv', gate: 'demo-gate' } });
    await answerOf(hub, 'verify-log', ['--operators']);
  });

  it('answers no HEAD, and four downloads at once, each place given back by who goes', async () => {
    const ask = (method: string) =>
      hub.app.request(
        `https://hub.example/console/api/entries/export?${query({ format: 'csv' })}`,
        {
          method,
          headers: { 'sec-fetch-site': 'same-origin', cookie: admin.cookie ?? '' },
        },
      );
    const acts = async () => (await admin.get('/acts')).body.acts.length;
    const before = await acts();
    expect((await ask('HEAD')).status).toBe(400);
    expect(await acts()).toBe(before);
    const open = [await ask('GET'), await ask('GET'), await ask('GET'), await ask('GET')];
    const fifth = await ask('GET');
    expect([fifth.status, fifth.headers.get('retry-after')]).toEqual([429, '30']);
    await open[0]?.body?.cancel();
    open.push(await ask('GET'));
    expect(open.at(-1)?.status).toBe(200);
    for (const answer of open.slice(1)) await answer.body?.cancel();
  });

  it('counts nobody of a revoked phone, and says so', async () => {
    const [a] = phones as [TestDevice];
    await admin.post(`/devices/${a.id}/revoke`, { reason: 'lost' });
    const page = await search({ device: a.id, type: 'shift-end' });
    const [end] = page.entries;
    const head = { seq: end?.seq ?? 0, hash: JSON.parse(end?.entry ?? '{}').hash };
    const late = { device: a.id, from: midnight + 7_200_000, head };
    await upload(hub, a, await chainedLog([scan(), said(5, 'refused')], late));
    const { bytes } = await take({ format: 'csv', language: 'zh-CN', ...today, device: a.id });
    const [, ...rows] = readCsv(new TextDecoder().decode(bytes)) as never as { cells: string[] }[];
    const of = (seq: number, name: (typeof hubColumns)[number]) =>
      rows.find(({ cells }) => cells[0] === String(seq))?.cells[hubColumns.indexOf(name)];
    expect([of(10, 'standing'), of(10, 'outcome')]).toEqual(['不计：手机吊销后才收到', '放行']);
    // a word that came after the revocation changes nobody who came before it
    expect(of(5, 'outcome')).toBe('结果未记录');
  });
});
