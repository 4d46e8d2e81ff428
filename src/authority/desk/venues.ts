import * as v from 'valibot';
import {
  grantedPlace,
  placeId,
  reasonText,
  venueApplication,
} from '../../core/place/application.ts';
import { venueCodeDays } from '../../core/place/desk-places.ts';
import type { Queries } from '../../node/database.ts';
import { whereOf } from '../../node/http/where.ts';
import { recordAct } from '../../node/store/act-log.ts';
import { type AskedBy, actorOf, answer, type Row, readJson } from '../http/asked.ts';
import { type ProblemCode, problem } from '../http/problem.ts';
import { addApplication, decide, holdApplication, waitingVenues } from '../venues/applications.ts';
import { endCode, issueVenueCode, type MadeVenueCode } from '../venues/issue-venue-code.ts';
import { findPlaces, holdPlace, putPlace } from '../venues/register.ts';

const codeId = v.pipe(v.string(), v.regex(/^[0-9a-f]{32}$/));
const asksCode = {
  /** How long the code lives. */
  days: v.optional(
    v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(venueCodeDays.most)),
    venueCodeDays.usual,
  ),
  /** The code in use that whoever asks has seen, and means to end. */
  replaces: v.exactOptional(codeId),
};
const decision = v.variant('outcome', [
  v.strictObject({ outcome: v.literal('granted'), ...grantedPlace.entries, ...asksCode }),
  v.strictObject({ outcome: v.literal('refused'), reason: reasonText }),
]);
const question = v.strictObject({
  text: v.pipe(v.string(), v.trim(), v.maxLength(64)),
  soon: v.exactOptional(v.literal(true)),
});
const renewal = v.strictObject({ place: placeId, ...asksCode });
const revocation = v.strictObject({ place: placeId, code: codeId, reason: reasonText });

/** Takes back what the transaction has written so far. */
class Refused extends Error {
  readonly code: ProblemCode;
  constructor(code: ProblemCode) {
    super(code);
    this.code = code;
  }
}

/** One piece of work, all of it or none. */
async function whole<T>(
  { context, service }: AskedBy,
  work: (tx: Queries) => Promise<T>,
  tell: (made: T) => Response,
): Promise<Response> {
  try {
    return tell(await service.sql.transaction(work));
  } catch (thrown) {
    if (thrown instanceof Refused) return problem(context, thrown.code);
    throw thrown;
  }
}

async function waiting({ context, service, now }: AskedBy): Promise<Response> {
  const { sql, cipher } = service;
  return answer(context, { applications: await waitingVenues(sql, cipher, now) });
}

/** For who stands at the desk, or has written: the operator asks in the place's stead. */
async function ask(asked: AskedBy): Promise<Response> {
  const { context, service, signed, now } = asked;
  const { sql, random } = service;
  const read = await readJson(asked, venueApplication);
  if (!read.ok) return problem(context, read.error);
  const by = { operator: signed.name };
  const id = await sql.transaction(async (tx) => {
    const made = (await addApplication(tx, by, read.value, { random, now })) ?? '';
    const facts = { application: made };
    await recordAct(tx, { at: now, by: actorOf(signed), act: 'venue-asked', facts });
    return made;
  });
  return answer(context, { id }, 201);
}

/** Decided once: granted, with the place as the desk has looked at it, or refused for a reason. */
async function reply(asked: AskedBy): Promise<Response> {
  const { context, signed, now } = asked;
  const read = await readJson(asked, decision);
  if (!read.ok) return problem(context, read.error);
  const said = read.value;
  const application = context.req.param('id') ?? '';
  const by = actorOf(signed);
  return whole(
    asked,
    async (tx) => {
      if (!(await holdApplication(tx, application))) throw new Refused('application-unknown');
      if (said.outcome === 'refused') {
        const { reason } = said;
        await decide(tx, application, { reason }, now);
        const facts = { application, reason };
        await recordAct(tx, { at: now, by, act: 'venue-refused', facts });
        return {};
      }
      const { outcome: _, days, replaces, ...place } = said;
      await putPlace(tx, place, asked.service.seat.id, now);
      const made = await issue(tx, asked, place.place, { days, replaces });
      await decide(tx, application, { place: place.place, code: made.id }, now);
      const facts = { application, place: place.place, code: made.id, until: made.exp };
      await recordAct(tx, { at: now, by, act: 'venue-granted', facts });
      return { place: await holdPlace(tx, place.place) };
    },
    (made) => answer(context, made),
  );
}

async function issue(
  tx: Queries,
  asked: AskedBy,
  place: string,
  wanted: { readonly days: number; readonly replaces?: string | undefined },
): Promise<MadeVenueCode> {
  const { context, service, now } = asked;
  const { random, seat, trustProxy } = service;
  const host = service.posterHost ?? new URL(whereOf(context, trustProxy).origin).host;
  const held = await holdPlace(tx, place);
  if (!held) throw new Refused('place-unknown');
  const made = await issueVenueCode(tx, { random, seat, host, now }, held, wanted);
  if (typeof made === 'string') throw new Refused(made);
  return made;
}

async function find(asked: AskedBy): Promise<Response> {
  const { context, service, now } = asked;
  const read = await readJson(asked, question);
  if (!read.ok) return problem(context, read.error);
  const { text, soon = false } = read.value;
  return answer(context, await findPlaces(service.sql, { text, soon }, now));
}

/** Another code for a place, and the end of the one before. */
async function renew(asked: AskedBy): Promise<Response> {
  const { context, signed, now } = asked;
  const read = await readJson(asked, renewal);
  if (!read.ok) return problem(context, read.error);
  const { place, ...wanted } = read.value;
  return whole(
    asked,
    async (tx) => {
      const made = await issue(tx, asked, place, wanted);
      const facts = { place, code: made.id, until: made.exp, before: wanted.replaces ?? null };
      await recordAct(tx, { at: now, by: actorOf(signed), act: 'venue-renewed', facts });
      return { place: await holdPlace(tx, place) };
    },
    (made) => answer(context, made, 201),
  );
}

/** Out of use for a reason: scanners learn it with the next list, within a minute. */
async function revoke(asked: AskedBy): Promise<Response> {
  const { context, service, signed, now } = asked;
  const read = await readJson(asked, revocation);
  if (!read.ok) return problem(context, read.error);
  const { place, code, reason } = read.value;
  return whole(
    asked,
    async (tx) => {
      const held = await holdPlace(tx, place);
      if (held?.code?.id !== code || held.code.revokedAt !== undefined)
        throw new Refused('place-unknown');
      await endCode(tx, code, { reason, urgent: true, now });
      const facts = { place, code, reason };
      await recordAct(tx, { at: now, by: actorOf(signed), act: 'venue-revoked', facts });
    },
    () => {
      service.nudge?.();
      return answer(context, {});
    },
  );
}

const needs = 'venues:write';
export const venueRows: readonly Row[] = [
  { method: 'GET', path: '/desk/venue-applications', needs, handle: waiting },
  { method: 'POST', path: '/desk/venue-applications', needs, handle: ask },
  { method: 'POST', path: '/desk/venue-applications/:id', needs, signs: true, handle: reply },
  { method: 'POST', path: '/desk/places', needs, handle: find },
  { method: 'POST', path: '/desk/places/renew', needs, signs: true, handle: renew },
  { method: 'POST', path: '/desk/places/revoke', needs, handle: revoke },
];
