import * as v from 'valibot';
import type { RuleSet } from '../../core/health/colour-rules.ts';
import { districtCode } from '../../core/health/declaration.ts';
import { isDay } from '../../core/ids.ts';
import { err, ok, type Result } from '../../core/result.ts';
import { recordAct } from '../../node/store/act-log.ts';
import { type AskedBy, actorOf, answer, type Row, readJson } from '../http/asked.ts';
import { type ProblemCode, problem } from '../http/problem.ts';
import { type DryRun, dryRun } from '../standing/dry-run.ts';
import { putRisks, putRulesInForce, readRules } from '../standing/use-rules.ts';
import { listDistricts, risks } from '../store/districts.ts';
import { rulesInForce } from '../store/rule-sets.ts';

const maxBytes = 512 * 1024;

async function readRuleSet(asked: AskedBy): Promise<Result<RuleSet, ProblemCode>> {
  const body = await readJson(asked, v.unknown(), maxBytes);
  if (!body.ok) return body;
  const rules = readRules(body.value);
  const issuer = asked.service.seat.issuer();
  const isOurs =
    rules?.issuer === asked.service.seat.id &&
    rules.states.every((state) => Object.hasOwn(issuer?.states ?? {}, state));
  return rules && isOurs ? ok(rules) : err('bad-rules');
}

/** How many would have which colour: nothing is changed. */
async function dry(asked: AskedBy): Promise<Response> {
  const { context, service, signed, now } = asked;
  const rules = await readRuleSet(asked);
  if (!rules.ok) return problem(context, rules.error);
  const run: DryRun = await dryRun(service.sql, rules.value, now);
  await service.sql.transaction((tx) =>
    recordAct(tx, {
      ...{ at: now, by: actorOf(signed), act: 'rules-tried' },
      facts: { persons: run.persons },
    }),
  );
  return answer(context, run);
}

async function use(asked: AskedBy): Promise<Response> {
  const { context, service, signed, now } = asked;
  const rules = await readRuleSet(asked);
  if (!rules.ok) return problem(context, rules.error);
  const used = await putRulesInForce(rules.value, {
    ...{ sql: service.sql, now, by: actorOf(signed) },
  });
  return used.ok ? answer(context, used.value, 201) : problem(context, 'rules-failed');
}

const districts = v.strictObject({
  districts: v.pipe(
    v.array(
      v.strictObject({
        code: districtCode,
        risk: v.picklist(risks),
        since: v.pipe(v.string(), v.check(isDay)),
      }),
    ),
    v.minLength(1),
    v.maxLength(3000),
  ),
});

async function setRisks(asked: AskedBy): Promise<Response> {
  const { context, service, signed, now } = asked;
  const body = await readJson(asked, districts, maxBytes);
  if (!body.ok) return problem(context, body.error);
  const needs = { sql: service.sql, now, by: actorOf(signed) };
  return answer(context, { changed: await putRisks(body.value.districts, needs) });
}

export const ruleRows: readonly Row[] = [
  {
    ...{ method: 'GET', path: '/desk/rules', needs: 'rules:try' },
    handle: async ({ context, service }) =>
      answer(context, { inForce: (await rulesInForce(service.sql)) ?? null }),
  },
  { method: 'POST', path: '/desk/rules/dry-run', needs: 'rules:try', handle: dry },
  { method: 'POST', path: '/desk/rules', needs: 'rules:use', handle: use },
  {
    ...{ method: 'GET', path: '/desk/districts', needs: 'risk:write' },
    handle: async ({ context, service }) =>
      answer(context, { districts: await listDistricts(service.sql) }),
  },
  { method: 'POST', path: '/desk/districts', needs: 'risk:write', handle: setRisks },
];
