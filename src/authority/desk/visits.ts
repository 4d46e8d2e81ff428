import * as v from 'valibot';
import { shanghaiDay } from '../../core/health/shanghai.ts';
import { placeId, reasonText } from '../../core/place/application.ts';
import { type VisitsFile, visitDays } from '../../core/place/desk-places.ts';
import { toSeconds } from '../../core/units.ts';
import { recordAct } from '../../node/store/act-log.ts';
import { type AskedBy, actorOf, answer, type Row, readJson } from '../http/asked.ts';
import { problem, tooMany } from '../http/problem.ts';
import { countOne } from '../store/counted.ts';
import { visitsAt } from '../venues/visits.ts';
import { visitsCsv } from '../venues/visits-csv.ts';

const seconds = v.pipe(v.number(), v.integer(), v.minValue(0));
const question = v.strictObject({
  place: placeId,
  from: seconds,
  until: seconds,
  reason: reasonText,
});

/**
 * Who was at a place, for an investigation: names and numbers are decrypted for this file alone. The act
 * says who asked, where, when, why and for how many visits, and is written before the file is given.
 */
async function take(asked: AskedBy): Promise<Response> {
  const { context, service, signed, now } = asked;
  const { sql, cipher } = service;
  const read = await readJson(asked, question);
  if (!read.ok) return problem(context, read.error);
  const { place, from, until, reason } = read.value;
  const earliest = toSeconds(now) - visitDays * 86_400;
  if (from < earliest || until <= from) return problem(context, 'bad-shape');
  const waitS = await countOne(sql, 'visit-exports', signed.whose, now);
  if (waitS > 0) return tooMany(context, waitS);
  const visits = await visitsAt(sql, { place, from, until }, cipher);
  if (!visits) return problem(context, 'too-many-visits');
  const csv = visitsCsv(visits);
  const facts = { place, reason, visits: visits.length, from: from * 1000, to: until * 1000 };
  await sql.transaction((tx) =>
    recordAct(tx, { at: now, by: actorOf(signed), act: 'visits-exported', facts }),
  );
  const name = `visits-${shanghaiDay(from * 1000)}-${shanghaiDay(until * 1000)}.csv`;
  const file: VisitsFile = { name, csv, visits: visits.length };
  return answer(context, file);
}

export const deskVisitRows: readonly Row[] = [
  { method: 'POST', path: '/desk/visits', needs: 'visits:export', handle: take },
];
