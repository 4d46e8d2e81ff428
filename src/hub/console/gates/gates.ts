import * as v from 'valibot';
import { isWithin } from '../../../core/console/areas.ts';
import { type GateFacts, gateFacts, gatePin } from '../../../core/console/gates.ts';
import { gateSettings } from '../../../core/enrol/gate-settings.ts';
import { isGateId, isSiteId } from '../../../core/ids.ts';
import type { Queries } from '../../../node/database.ts';
import type { ActFacts } from '../../../node/store/act-log.ts';
import { bodyProblem, type ProblemCode, problem } from '../../http/problem.ts';
import { recordAct } from '../../operators/act-log.ts';
import type { SettingsChange } from '../../store/places/gate-settings.ts';
import { addGate, changeGate, findGate, searchGates } from '../../store/places/gates.ts';
import { findSite } from '../../store/places/sites.ts';
import { type AskedBy, actorOf, answer, closed, readJson } from '../asked.ts';
import { importGates } from './import-route.ts';
import { hashed, isUndatable, keepAndRecord } from './settings.ts';

const aPage = 200;

/** `?search=&site=&after=&closed=1` → at most 200 gates by id, and whether there are more. */
async function list({ context, hub, operator }: AskedBy): Promise<Response> {
  const { search = '', site = '', after = '', closed: withClosed } = context.req.query();
  if (search.length > 200 || after.length > 64) return problem(context, 'bad-shape');
  const gates = await searchGates(hub.sql, {
    ...{ areas: operator.areas, search, after, limit: aPage + 1, closed: withClosed === '1' },
    ...(site !== '' && isSiteId(site) && { site }),
  });
  return answer(context, { gates: gates.slice(0, aPage), more: gates.length > aPage });
}

/** What a gate may become, by whoever asks. */
async function problemOf(
  tx: Queries,
  { operator }: AskedBy,
  gate: GateFacts,
): Promise<ProblemCode | undefined> {
  if (!isWithin(operator.areas, gate)) return 'not-allowed';
  if (gate.site !== undefined && !(await findSite(tx, gate.site))) return 'no-site';
  return undefined;
}

const settingsBody = {
  /** Left out: as they are. */
  settings: v.exactOptional(gateSettings),
  pin: v.exactOptional(gatePin),
};
const adding = v.strictObject({ ...gateFacts.entries, ...settingsBody });

async function add(asked: AskedBy): Promise<Response> {
  const { context, hub, now, operator } = asked;
  const body = await readJson(asked, adding);
  if (!body.ok) return bodyProblem(context, body.error);
  const { settings, pin, ...gate } = body.value;
  const change = await hashed(asked, { settings, pin });
  const came = await hub.sql.transaction(async (tx) => {
    const wrong = await problemOf(tx, asked, gate);
    if (wrong) return wrong;
    if (await isUndatable(tx, asked, gate.id, change)) return 'clock-doubtful';
    if (!(await addGate(tx, gate, now))) return 'gate-known';
    await recordAct(tx, { at: now, by: actorOf(asked), act: 'gate-added', facts: said(gate) });
    await keepAndRecord(tx, asked, gate.id, change);
    return undefined;
  });
  if (came) return problem(context, came);
  const kept = await findGate(hub.sql, gate.id, operator.areas);
  return kept ? answer(context, kept, 201) : problem(context, 'not-found');
}

const said = ({ id, name, ...rest }: GateFacts): ActFacts => ({ gate: id, name, ...rest });

const changing = v.strictObject({
  version: v.pipe(v.number(), v.safeInteger()),
  closed: v.boolean(),
  gate: gateFacts,
  ...settingsBody,
});

async function change(asked: AskedBy): Promise<Response> {
  const { context, hub, operator } = asked;
  const id = context.req.param('id') ?? '';
  const body = await readJson(asked, changing);
  if (!body.ok) return bodyProblem(context, body.error);
  const { settings, pin, ...told } = body.value;
  if (!isGateId(id) || told.gate.id !== id) return problem(context, 'bad-shape');
  const set = await hashed(asked, { settings, pin });
  const came = await hub.sql.transaction((tx) => keepChange(tx, asked, told, set));
  if (came) return problem(context, came);
  const kept = await findGate(hub.sql, id, operator.areas);
  return kept ? answer(context, kept) : problem(context, 'not-found');
}

async function keepChange(
  tx: Queries,
  asked: AskedBy,
  { gate, version, closed: isClosed }: Omit<v.InferOutput<typeof changing>, 'settings' | 'pin'>,
  set: SettingsChange,
): Promise<ProblemCode | undefined> {
  const { now, operator } = asked;
  const before = await findGate(tx, gate.id, operator.areas);
  if (!before) return 'not-found';
  const wrong = await problemOf(tx, asked, gate);
  if (wrong) return wrong;
  if (await isUndatable(tx, asked, gate.id, set)) return 'clock-doubtful';
  const closedAt = isClosed ? (before.closedAt ?? now) : null;
  if (!(await changeGate(tx, gate, version, closedAt, now))) return 'changed-meanwhile';
  const act = isClosed && before.closedAt === undefined ? 'gate-closed' : 'gate-changed';
  await recordAct(tx, { at: now, by: actorOf(asked), act, facts: said(gate) });
  await keepAndRecord(tx, asked, gate.id, set);
  return undefined;
}

/** Gates: looked for, added, changed, closed, and many from a table. */
export const gateRows = [
  closed('GET', '/gates', 'gates:read', list),
  closed('POST', '/gates', 'gates:write', add),
  closed('PUT', '/gates/:id', 'gates:write', change),
  closed('POST', '/gates/import', 'gates:write', importGates),
];
