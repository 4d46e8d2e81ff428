import { venueApplication } from '../../core/place/application.ts';
import { type AskedBy, answer, type Row, readJson } from '../http/asked.ts';
import { problem, tooMany } from '../http/problem.ts';
import { countOne } from '../store/counted.ts';
import { addApplication, applicationsOf } from '../venues/applications.ts';

/** Asks for a venue code for a place; the answer is the same whether or not there is such a place. */
async function add(asked: AskedBy): Promise<Response> {
  const { context, service, signed, now } = asked;
  const { sql, random } = service;
  const read = await readJson(asked, venueApplication);
  if (!read.ok) return problem(context, read.error);
  const waitS = await countOne(sql, 'venue-applications', signed.whose, now);
  if (waitS > 0) return tooMany(context, waitS);
  const by = { person: signed.whose };
  const id = await sql.transaction((tx) => addApplication(tx, by, read.value, { random, now }));
  return id === undefined ? problem(context, 'application-open') : answer(context, { id }, 201);
}

async function list({ context, service, signed, now }: AskedBy): Promise<Response> {
  return answer(context, { applications: await applicationsOf(service.sql, signed.whose, now) });
}

export const venueApplicationRows: readonly Row[] = [
  { method: 'GET', path: '/api/venue-applications', needs: 'citizen', handle: list },
  { method: 'POST', path: '/api/venue-applications', needs: 'citizen', handle: add },
];
