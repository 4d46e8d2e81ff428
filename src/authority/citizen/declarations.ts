import * as v from 'valibot';
import { declaration } from '../../core/health/declaration.ts';
import { shanghaiDay } from '../../core/health/shanghai.ts';
import { type AskedBy, answer, type Row, readJson } from '../http/asked.ts';
import { problem, tooMany } from '../http/problem.ts';
import { recompute } from '../standing/recompute.ts';
import { addDeclaration, ownDeclarations } from '../store/declarations.ts';
import { whoseOf } from './whose.ts';

const body = v.strictObject({
  declaration,
  relative: v.exactOptional(v.pipe(v.string(), v.maxLength(64))),
});

async function declare(asked: AskedBy): Promise<Response> {
  const { context, service, now } = asked;
  const { sql, cipher, random } = service;
  const read = await readJson(asked, body);
  if (!read.ok) return problem(context, read.error);
  const whose = await whoseOf(asked, read.value.relative);
  if (!whose) return problem(context, 'not-your-relative');
  const done = await sql.transaction(async (tx) => {
    const left = await addDeclaration(tx, whose.person, read.value.declaration, {
      ...{ cipher, random, now },
    });
    if (left === 'too-many') return left;
    const changed = await recompute(tx, [whose.person], now);
    return { left, urgent: changed.urgent > 0 };
  });
  if (done === 'too-many') {
    const midnight = Date.parse(`${shanghaiDay(now)}T24:00:00+08:00`);
    return tooMany(context, (midnight - now) / 1000, 'declared-thrice');
  }
  if (done.urgent) service.nudge?.();
  const { seenAt, district } = read.value.declaration;
  const isElsewhere = seenAt !== undefined && seenAt !== district;
  return answer(context, { left: done.left, ...(isElsewhere && { hint: 'seen-elsewhere' }) }, 201);
}

async function list(asked: AskedBy): Promise<Response> {
  const { context, service, now } = asked;
  const whose = await whoseOf(asked, context.req.query('relative'));
  if (!whose?.seesAll) return problem(context, 'not-your-relative');
  const declarations = await ownDeclarations(service.sql, whose.person, now, service.cipher);
  return answer(context, { declarations });
}

export const declarationRows: readonly Row[] = [
  { method: 'GET', path: '/api/declarations', needs: 'citizen', handle: list },
  { method: 'POST', path: '/api/declarations', needs: 'citizen', handle: declare },
];
