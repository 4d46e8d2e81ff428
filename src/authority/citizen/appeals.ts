import * as v from 'valibot';
import { reasonClasses } from '../../core/health/colour-rules.ts';
import { type AskedBy, answer, type Row, readJson } from '../http/asked.ts';
import { problem, tooMany } from '../http/problem.ts';
import { addAppeal, appealsOf } from '../store/appeals.ts';
import { countOne } from '../store/counted.ts';

const body = v.strictObject({
  class: v.picklist(reasonClasses),
  text: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(2000)),
});

async function add(asked: AskedBy): Promise<Response> {
  const { context, service, signed, now } = asked;
  const { sql, cipher, random } = service;
  const read = await readJson(asked, body);
  if (!read.ok) return problem(context, read.error);
  const waitS = await countOne(sql, 'appeals', signed.whose, now);
  if (waitS > 0) return tooMany(context, waitS);
  const id = await sql.transaction((tx) =>
    addAppeal(tx, signed.whose, read.value, { cipher, random, now }),
  );
  return id === undefined ? problem(context, 'appeal-open') : answer(context, { id }, 201);
}

async function list({ context, service, signed }: AskedBy): Promise<Response> {
  const appeals = await appealsOf(service.sql, signed.whose, service.cipher);
  return answer(context, { appeals });
}

export const appealRows: readonly Row[] = [
  { method: 'GET', path: '/api/appeals', needs: 'citizen', handle: list },
  { method: 'POST', path: '/api/appeals', needs: 'citizen', handle: add },
];
