import * as v from 'valibot';
import { fromBase64url } from '../../../core/base64url.ts';
import type { ImportPlan, PlacedGate } from '../../../core/console/gates.ts';
import { isGateId } from '../../../core/ids.ts';
import { type CsvRecord, readCsv } from '../../../core/table/read-csv.ts';
import { toSeconds } from '../../../core/units.ts';
import type { Queries } from '../../../node/database.ts';
import { bodyProblem, problem } from '../../http/problem.ts';
import { recordAct } from '../../operators/act-log.ts';
import { keepSettings } from '../../store/places/gate-settings.ts';
import { addGate, changeGate, gatesById, holdGates } from '../../store/places/gates.ts';
import { listSites } from '../../store/places/sites.ts';
import { type AskedBy, actorOf, answer, readJson } from '../asked.ts';
import { planImport } from './import.ts';
import { readXlsx } from './read-xlsx.ts';
import { isUndatable } from './settings.ts';

/** As base64url, so a third more. */
const mostBytes = 3 * 1024 * 1024;
const mostText = 2 * 1024 * 1024;

const table = v.variant('format', [
  v.strictObject({
    format: v.literal('csv'),
    text: v.pipe(v.string(), v.maxLength(mostText)),
    apply: v.boolean(),
  }),
  v.strictObject({
    format: v.literal('xlsx'),
    /** base64url. */
    file: v.pipe(v.string(), v.maxLength(mostBytes)),
    apply: v.boolean(),
  }),
]);

function recordsOf(given: v.InferOutput<typeof table>): CsvRecord[] | undefined {
  if (given.format === 'csv') return readCsv(given.text);
  const bytes = fromBase64url(given.file);
  return bytes && readXlsx(bytes);
}

/** What a table would do, or, told to and without any mistake, doing it: all of it or nothing. */
export async function importGates(asked: AskedBy): Promise<Response> {
  const { context, hub } = asked;
  const body = await readJson(asked, table, mostBytes);
  if (!body.ok) return bodyProblem(context, body.error);
  const records = recordsOf(body.value);
  if (!records) return problem(context, 'no-table');
  const { apply } = body.value;
  const plan = await hub.sql.transaction(async (tx) => {
    const made = await planned(tx, asked, records, apply);
    if (!made) return 'no-table';
    const isDone = apply && made.plan.problems.length === 0;
    if (isDone && (await isDoubtful(tx, asked, made))) return 'clock-doubtful';
    if (isDone) await carryOut(tx, asked, made);
    return made.plan;
  });
  return typeof plan === 'string' ? problem(context, plan) : answer(context, plan);
}

interface Made {
  readonly plan: ImportPlan;
  readonly gates: ReadonlyMap<string, PlacedGate>;
}

async function planned(
  tx: Queries,
  { operator }: AskedBy,
  records: readonly CsvRecord[],
  apply: boolean,
): Promise<Made | undefined> {
  // of whatever cell: the ids are among them
  const cells = records.flatMap((record) => record.cells.map((cell) => cell.trim()));
  const ids = cells.filter(isGateId);
  // nobody else changes them between the plan and its doing
  if (apply) await holdGates(tx, ids);
  const gates = await gatesById(tx, ids);
  const sites = new Set((await listSites(tx)).map(({ id }) => id));
  const plan = planImport(records, { gates, sites, areas: operator.areas });
  return plan && { plan, gates };
}

async function isDoubtful(tx: Queries, asked: AskedBy, { plan }: Made): Promise<boolean> {
  for (const { gate, settings } of plan.rows)
    if (settings && (await isUndatable(tx, asked, gate.id, { settings }))) return true;
  return false;
}

async function carryOut(tx: Queries, asked: AskedBy, { plan, gates }: Made): Promise<void> {
  const { now } = asked;
  let set = 0;
  for (const { gate, settings, change } of plan.rows) {
    const before = gates.get(gate.id);
    if (change === 'new') await addGate(tx, gate, now);
    if (change === 'changed' && before) await changeGate(tx, gate, before.version, null, now);
    if (!settings || change === 'same') continue;
    const changed = await keepSettings(tx, gate.id, { settings }, toSeconds(now));
    if (changed.settings) set++;
  }
  const count = (what: string) => plan.rows.filter(({ change }) => change === what).length;
  const facts = { new: count('new'), changed: count('changed'), settings: set };
  if (facts.new + facts.changed > 0)
    await recordAct(tx, { at: now, by: actorOf(asked), act: 'gates-imported', facts });
}
