import * as v from 'valibot';
import { fromBase64url } from '../../core/base64url.ts';
import { toHex } from '../../core/bytes.ts';
import { isVisitId } from '../../core/ids.ts';
import { limits } from '../../core/limits.ts';
import { type Visit, type VisitAnswer, visitLimits } from '../../core/place/visit.ts';
import type { Bundle } from '../../core/trust/bundle.ts';
import { toSeconds } from '../../core/units.ts';
import { type AskedBy, answer, type Row, readJson } from '../http/asked.ts';
import { problem, tooMany } from '../http/problem.ts';
import { countOne } from '../store/counted.ts';
import { relativesOf } from '../store/relatives.ts';
import { keepVisit, visitsOf } from '../store/visits.ts';
import { signedCode } from '../visits/signed-code.ts';

const visit = v.strictObject({
  id: v.pipe(v.string(), v.check(isVisitId)),
  code: v.pipe(v.string(), v.maxLength(limits.textChars)),
  at: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
  relatives: v.pipe(
    v.array(v.pipe(v.string(), v.maxLength(64))),
    v.maxLength(visitLimits.relatives),
  ),
});
const body = v.strictObject({
  visits: v.pipe(v.array(visit), v.minLength(1), v.maxLength(visitLimits.batch)),
});
const maxBytes = 160 * 1024;

/** What phones have kept of where people went in; one answer a visit, so that one bad one holds up none. */
async function add(asked: AskedBy): Promise<Response> {
  const { context, service, signed, now } = asked;
  const read = await readJson(asked, body, maxBytes);
  if (!read.ok) return problem(context, read.error);
  const waitS = await countOne(service.sql, 'visits', signed.whose, now);
  if (waitS > 0) return tooMany(context, waitS);
  const bundle = service.seat.published()?.bundle;
  if (!bundle) return problem(context, 'unavailable'); // nothing to check codes by: none is refused for that
  const { visits } = read.value;
  const isAlone = visits.every(({ relatives }) => relatives.length === 0);
  const held = isAlone ? [] : await relativesOf(service.sql, signed.whose, service.cipher, now);
  const mine = new Set(held.map(({ id }) => id));
  const answers: VisitAnswer[] = [];
  for (const one of visits) answers.push(await take(asked, one, { mine, bundle }));
  return answer(context, { visits: answers, now });
}

async function take(
  { service, signed, now }: AskedBy,
  { id, code, at, relatives }: Visit,
  { mine, bundle }: { readonly mine: ReadonlySet<string>; readonly bundle: Bundle },
): Promise<VisitAnswer> {
  const refused = (why: NonNullable<VisitAnswer['why']>) =>
    ({ id, outcome: 'refused', why }) as const;
  if (at > toSeconds(now) + visitLimits.aheadS) return refused('from-the-future');
  if (at < toSeconds(now) - visitLimits.keptS) return refused('too-old');
  const place = await signedCode(code, at, bundle);
  if (!place) return refused('bad-code');
  if (at < place.iat || at >= place.exp) return refused('not-valid-then');
  const others = [...new Set(relatives)].filter((one) => one !== signed.whose);
  const together = others.filter((one) => mine.has(one));
  const notYours = others.filter((one) => !mine.has(one));
  const venueCode = toHex(fromBase64url(place.id) ?? new Uint8Array());
  const kept = { venueCode, place: place.place, name: place.name, at };
  const outcome = await service.sql.transaction(async (tx) => {
    const own = { ...kept, id, person: signed.whose, withCount: together.length };
    const done = await keepVisit(tx, own, now);
    if (done !== 'stored') return done;
    // an id of their own, made of this one: the whole is written once or not at all
    for (const person of together)
      await keepVisit(tx, { ...kept, id: `${id}.${person}`, person, withCount: 0 }, now);
    return done;
  });
  if (outcome === 'taken') return refused('taken');
  return { id, outcome, ...(notYours.length > 0 && { notYours }) };
}

async function list({ context, service, signed, now }: AskedBy): Promise<Response> {
  return answer(context, { visits: await visitsOf(service.sql, signed.whose, now), now });
}

export const visitRows: readonly Row[] = [
  { method: 'GET', path: '/api/visits', needs: 'citizen', handle: list },
  { method: 'POST', path: '/api/visits', needs: 'citizen', handle: add },
];
