import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runVerifyExport } from '../../../../src/cli/run-verify-export.ts';
import { parseEntry } from '../../../../src/core/log/entry-schema.ts';
import { openExport } from '../../../../src/core/log/export/export-json.ts';
import { foldOccupancy, headsOf } from '../../../../src/core/log/occupancy.ts';
import type { OverrideReason, Refusal } from '../../../../src/core/log/outcome.ts';
import { type PersonLine, peopleOf } from '../../../../src/core/log/people.ts';
import { summarizeShift } from '../../../../src/core/log/shift-summary.ts';
import { peopleColumns, type TableWords, tableColumns } from '../../../../src/core/table/table.ts';
import { epochMillis } from '../../../../src/core/units.ts';
import { listGates } from '../../../../src/hub/store/gates.ts';
import { countAt } from '../../../../src/hub/store/places/zone-count.ts';
import { listShifts } from '../../../../src/hub/store/shifts.ts';
import { tableWords } from '../../../../src/scanner/words/table-words.ts';
import { createDice } from '../../../faults/dice.ts';
import { enrolledPhone, type OnePhone, phoneOnShift, scan } from '../../../support/on-shift.ts';

/** Two hundred people of every kind at one gate; what the log says of them afterwards, by itself. */
interface Truth {
  readonly at: number;
  outcome: PersonLine['outcome'];
  by?: PersonLine['by'];
  why?: Refusal | OverrideReason;
  companions: number;
  temperatureC?: number;
  fever: boolean;
  dir?: 'out';
}

let one: OnePhone;
const truths: Truth[] = [];
/** Codes a supervisor looked at: nobody went anywhere by them. */
let looked = 0;
const actions = () => one.phone.actions;

let lastSeq = 0;
async function show(text: string): Promise<number> {
  await actions().present(text, 'wedge');
  const { card } = one.phone.state();
  if (card?.seq === undefined || card.seq <= lastSeq) throw new Error('no card of this person');
  lastSeq = card.seq;
  return card.seq;
}
const relatives = () => one.world.pass({ relative: true });
const supervisor = () => one.phone.store.setState({ supervisor: { state: 'open' } });
const noCode = 'https://example.org/';
const form = { category: 'elder', tail: '012X', companions: 0 } as const;

/** What happens to a person, and what is true of them. */
type Story = (truth: Truth) => Promise<void>;
const letIn = (text: () => Promise<string>): Story =>
  async function story(truth) {
    await show(await text());
    if (truth.companions > 0) await actions().setCompanions(truth.companions);
    await actions().letIn();
    Object.assign(truth, { outcome: 'admitted', by: 'guard' });
  };
const refused = (text: () => Promise<string>, why: Refusal): Story =>
  async function story(truth) {
    truth.companions = 0;
    await show(await text());
    await actions().refuse(why);
    Object.assign(truth, { outcome: 'refused', by: 'guard', why, fever: why === 'fever' });
  };
const byScanner = (text: () => Promise<string>, outcome: 'admitted' | 'refused'): Story =>
  async function story(truth) {
    truth.companions = 0;
    await show(await text());
    actions().dismissCard();
    Object.assign(truth, { outcome, by: 'scanner' });
  };

const stories: Readonly<Record<string, Story>> = {
  green: byScanner(() => one.world.pass(), 'admitted'),
  old: byScanner(() => one.world.pass({}, 300), 'refused'),
  red: byScanner(() => one.world.pass({ state: 'r' }), 'refused'),
  forged: byScanner(async () => 'KK1:NONSENSE', 'refused'),
  relative: letIn(relatives),
  yellow: letIn(() => one.world.pass({ issuer: 'CN-HE', state: 'y' })),
  notice: letIn(() => one.world.pass({ issuer: 'CN', state: 'n', notices: ['a1'] })),
  paper: letIn(() => one.world.pass({ kind: 'paper' })),
  'relative refused': refused(relatives, 'no-document'),
  'no code, refused': refused(async () => `${noCode}${truths.length}`, 'left'),
  async warm(truth) {
    truth.companions = 0;
    await show(await one.world.pass());
    await actions().foundWarm();
    actions().dismissCard();
    Object.assign(truth, { outcome: 'refused', by: 'guard', why: 'fever', fever: true });
  },
  async ambulance(truth) {
    truth.companions = 0;
    await show(await one.world.pass({ state: 'r' }));
    supervisor();
    await actions().overrule('emergency');
    if (one.phone.state().card) throw new Error('not overruled');
    actions().closeSupervisor();
    Object.assign(truth, { outcome: 'admitted', by: 'supervisor', why: 'emergency' });
  },
  async 'no code, by hand'(truth) {
    await show(`${noCode}${truths.length}`);
    await actions().registerByHand({ ...form, companions: truth.companions, temperatureC: 36.5 });
    Object.assign(truth, { outcome: 'admitted', by: 'guard', temperatureC: 36.5 });
  },
  async 'by hand'(truth) {
    await actions().registerByHand({ ...form, companions: truth.companions });
    Object.assign(truth, { outcome: 'admitted', by: 'guard' });
  },
  async 'by hand, refused'(truth) {
    truth.companions = 0;
    await actions().registerByHand({ ...form, refusal: 'not-allowed' });
    Object.assign(truth, { outcome: 'refused', by: 'guard', why: 'not-allowed' });
  },
  async 'battery dead'(truth) {
    truth.companions = 0;
    await show(await relatives());
    one.phone = await one.world.open();
  },
  async 'battery dead, filled in'(truth) {
    truth.companions = 0;
    const seq = await show(await relatives());
    one.phone = await one.world.open();
    await actions().correct(seq, { outcome: 'admitted' });
    Object.assign(truth, { outcome: 'admitted', by: 'guard' });
  },
  async corrected(truth) {
    truth.companions = 0;
    const seq = await show(await one.world.pass());
    actions().dismissCard();
    await actions().correct(seq, { outcome: 'refused', why: 'other' });
    Object.assign(truth, { outcome: 'refused', by: 'guard', why: 'other' });
  },
  async leaves(truth) {
    await actions().setWay('out');
    await show(await one.world.pass({ state: 'r' }));
    if (truth.companions > 0) await actions().setCompanions(truth.companions);
    actions().dismissCard();
    await actions().setWay('in');
    Object.assign(truth, { outcome: 'admitted', by: 'scanner', dir: 'out' });
  },
  async 'leaves without a code'(truth) {
    truth.companions = 0;
    await actions().setWay('out');
    await actions().leaveByHand();
    await actions().setWay('in');
    Object.assign(truth, { outcome: 'admitted', by: 'guard', dir: 'out' });
  },
  async 'did not leave after all'(truth) {
    truth.companions = 0;
    await actions().setWay('out');
    const seq = await show(await one.world.pass());
    actions().dismissCard();
    await actions().correct(seq, { outcome: 'refused', why: 'other' });
    await actions().setWay('in');
    Object.assign(truth, { outcome: 'refused', by: 'guard', why: 'other', dir: 'out' });
  },
  async 'looked at, then let in'(truth) {
    truth.companions = 0;
    const text = await one.world.pass();
    supervisor();
    actions().setLookOnly(true);
    await show(text);
    actions().dismissCard();
    actions().setLookOnly(false);
    actions().closeSupervisor();
    looked++;
    one.world.tick(4000);
    Object.assign(truth, { at: one.world.hubClock.wall() });
    await show(text);
    actions().dismissCard();
    Object.assign(truth, { outcome: 'admitted', by: 'scanner' });
  },
  async 'corrected twice'(truth) {
    truth.companions = 0;
    const seq = await show(await relatives());
    await actions().letIn();
    await actions().correct(seq, { outcome: 'refused', why: 'other' });
    await actions().correct(seq, { outcome: 'admitted' });
    Object.assign(truth, { outcome: 'admitted', by: 'guard' });
  },
};

const slowness = createDice(13);
const nobody = { people: 0, admitted: 0, refused: 0, notRecorded: 0, left: 0, looks: 0 };
let before = nobody;
/** Heads inside at this gate by other phones: the hub's word counts them too. */
let elsewhere = 0;
async function atGate(): Promise<typeof nobody> {
  const gates = await listGates(one.world.hub.sql, epochMillis(0));
  return gates.find(({ id }) => id === one.phone.state().gate?.id)?.people ?? nobody;
}
let gate = '';
const leads = (direction: string) =>
  one.world.hub.sql.query(
    'update gates set direction = $2, settings_iat = coalesce(settings_iat, 0) + 1 where id = $1',
    [gate, direction],
  );
const files: Record<string, Uint8Array> = {};
beforeAll(async () => {
  words = await tableWords('zh-CN');
  const other = await phoneOnShift();
  await scan(other, 3);
  await other.phone.actions.syncNow();
  other.world.close();
  one = await enrolledPhone();
  gate = one.phone.state().gate?.id ?? '';
  await leads('both');
  before = await atGate();
  elsewhere =
    (await countAt(one.world.hub.sql, '', gate, epochMillis(one.world.hubClock.wall())))?.inside ??
    0;
  await actions().startShift('0012');
  // the hub answers a moment later, somebody's code in between
  one.world.remote.handle(async (call) => {
    await new Promise((resolve) => setTimeout(resolve, slowness.whole(200)));
    return one.world.hub.handle(call);
  });
  await actions().syncNow();
  const dice = createDice(12);
  const names = Object.keys(stories);
  for (let n = 0; n < 200; n++) {
    one.world.tick(4000);
    if (n % 20 === 0) await actions().syncNow();
    const name = names[n < names.length ? n : dice.whole(names.length)] ?? '';
    const companions = dice.chance(0.2) ? 1 + dice.whole(3) : 0;
    const at = one.world.hubClock.wall();
    const truth: Truth = { at, outcome: 'not-recorded', companions, fever: false };
    await stories[name]?.(truth);
    truths.push(truth);
  }
  await actions().endShift();
  await actions().syncNow();
  for (const format of ['json', 'csv', 'xlsx'] as const) {
    await actions().exportLog(format);
    files[format] = one.phone.files.shared.at(-1)?.bytes ?? new Uint8Array();
  }
  await actions().syncNow();
}, 120_000);
afterAll(async () => {
  await leads('in');
  // as no desk had ever set anything: all worlds of a process share one hub's database
  await one.world.hub.sql.query('update gates set settings_iat = null where id = $1', [gate]);
  one.world.close();
});

const cameIn = () => truths.filter(({ dir }) => dir === undefined);
const total = (outcome: PersonLine['outcome']) =>
  cameIn().filter((truth) => truth.outcome === outcome).length;
const totals = () => ({
  people: cameIn().length,
  admitted: total('admitted'),
  refused: total('refused'),
  notRecorded: total('not-recorded'),
});
const wentOut = (outcome: PersonLine['outcome']) =>
  truths.filter((truth) => truth.dir === 'out' && truth.outcome === outcome);
/** The same as sums that the hub has of it. */
const hubTotals = () => ({ ...totals(), left: wentOut('admitted').length, looks: looked });
let words: TableWords;
/** How often each outcome stands in a column, by its words. */
function counted(cells: readonly (string | undefined)[]) {
  const word = (outcome: string) => words.format?.('outcome', outcome) ?? outcome;
  const of = (outcome: string) => cells.filter((cell) => cell === word(outcome)).length;
  const [admitted, refused, notRecorded] = [of('admitted'), of('refused'), of('not-recorded')];
  return { people: admitted + refused + notRecorded, admitted, refused, notRecorded };
}

describe('two hundred people of every kind', () => {
  it('are there, each story among them', () => {
    expect(truths).toHaveLength(200);
    expect(Math.min(...Object.values(hubTotals()))).toBeGreaterThanOrEqual(5);
  });

  it('are told by the exported shift alone: who went in, when, why, by whom, how warm, with how many', async () => {
    const opened = await openExport(Uint8Array.from(files['json'] ?? []));
    if (!opened.ok) throw new Error(opened.error);
    const { shift } = opened.value;
    const entries = opened.value.entries
      .flatMap((entry) => parseEntry(entry) ?? [])
      .filter((entry) => entry.shift === shift);
    expect(entries.length).toBeGreaterThan(300);
    const told = peopleOf(entries).map((line) => {
      const { outcome, by, why, companions, temperatureC, fever, dir } = line;
      return { outcome, by, why, companions, temperatureC, fever, dir };
    });
    const wanted = truths.map(({ outcome, by, why, companions, temperatureC, fever, dir }) => {
      return { outcome, by, why, companions, temperatureC, fever, dir };
    });
    expect(told).toEqual(wanted);
    for (const [n, line] of peopleOf(entries).entries()) {
      expect(Math.abs(line.at - (truths[n]?.at ?? 0))).toBeLessThan(1000);
    }
    const left = {
      ...{ admitted: wentOut('admitted').length, refused: wentOut('refused').length },
      companions: wentOut('admitted').reduce((sum, { companions }) => sum + companions, 0),
    };
    expect(summarizeShift(entries)).toMatchObject({ ...totals(), left, looks: looked });
    // and how many are inside, by the same entries
    const fold = foldOccupancy();
    const inside = entries.reduce((sum, entry) => sum + (fold.step(entry)?.delta ?? 0), 0);
    expect(inside).toBe(truths.reduce((sum, truth) => sum + headsOf(truth), 0));
    // counted behind the scan
    await expect.poll(() => one.phone.state().heads?.inside).toBe(elsewhere + inside);
  });

  it('are as many in the report on the screen', () => {
    expect(one.phone.state().summary).toMatchObject(totals());
  });

  it('and in the CSV, of which a strict reader of RFC 4180 drops one leading apostrophe', () => {
    const [head = [], ...rows] = readCsv(strFromU8(files['csv'] ?? new Uint8Array()));
    const column = head.indexOf(words.headers.outcome);
    expect(head).toHaveLength(tableColumns.length);
    // a person's own row is the one that refers to no other
    const ref = head.indexOf(words.headers.ref);
    expect(counted(rows.flatMap((row) => (row[ref] === '' ? [row[column]] : [])))).toEqual(
      totals(),
    );
    const guard = head.indexOf(words.headers.guard);
    expect(new Set(rows.map((row) => row[guard]?.replace(/^'/, '')))).toContain('0012');
  });

  it('and in the sheet of people of the workbook, one row each', () => {
    const sheet = unzipSync(files['xlsx'] ?? new Uint8Array())['xl/worksheets/sheet2.xml'];
    const xml = strFromU8(sheet ?? new Uint8Array());
    const letter = String.fromCharCode(65 + peopleColumns.indexOf('outcome'));
    const cells = [...xml.matchAll(/<c r="([A-Z]+)\d+"[^>]*>(?:<is><t[^>]*>([^<]*)<\/t>)?/g)];
    const found = cells.flatMap(([, at, text]) => (at === letter ? [text] : []));
    expect(found).toHaveLength(201); // and the header
    expect(counted(found)).toEqual(totals());
  });

  it('and by verify-export, which finds nothing wrong', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'kakou-people-'));
    const file = join(folder, 'shift.json');
    writeFileSync(file, files['json'] ?? '');
    const said: string[] = [];
    const io = { out: (line: string) => said.push(line), err: (line: string) => said.push(line) };
    await runVerifyExport([file, '--demo'], io);
    rmSync(folder, { recursive: true });
    const report = { outcomes: hubTotals(), problem: null, lacks: ['key'], unreceipted: 0 };
    expect(JSON.parse(said.join(''))).toMatchObject(report);
  });

  it('and at the hub', async () => {
    const device = (await one.world.device.enrolment())?.device ?? '';
    const [shift] = await listShifts(one.world.hub.sql, { device, limit: 1 });
    expect(shift?.people).toEqual(hubTotals());
    // phones of other tests may have stood at the same gate of the same database
    const added = Object.entries(hubTotals()).map(([name, n]) => [
      name,
      n + before[name as keyof typeof before],
    ]);
    expect(await atGate()).toEqual(Object.fromEntries(added));
  });
});

/** RFC 4180: quoted fields may hold commas, quotes twice and line ends. */
function readCsv(text: string): string[][] {
  const rows: string[][] = [[]];
  const fields = text.replace(/^\uFEFF/, '').matchAll(/("(?:[^"]|"")*"|[^",\r\n]*)(,|\r\n|$)/g);
  for (const [all, field = '', end] of fields) {
    if (all === '') break;
    rows.at(-1)?.push(field.startsWith('"') ? field.slice(1, -1).replace(/""/g, '"') : field);
    if (end === '\r\n') rows.push([]);
  }
  return rows.filter((row) => row.length > 0);
}
