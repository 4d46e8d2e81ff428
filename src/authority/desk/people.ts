import * as v from 'valibot';
import { declaration } from '../../core/health/declaration.ts';
import { readDocument } from '../../core/health/documents.ts';
import { maskName, maskNumber } from '../../core/health/masks.ts';
import { shanghaiDay } from '../../core/health/shanghai.ts';
import { isClaimText } from '../../core/pass/claim-text.ts';
import { recordAct } from '../../node/store/act-log.ts';
import { explain } from '../codes/bearer.ts';
import { issuePaper } from '../codes/issue.ts';
import { shownOf } from '../codes/shown.ts';
import { type AskedBy, actorOf, answer, type Row, readJson } from '../http/asked.ts';
import { problem, tooMany } from '../http/problem.ts';
import { recompute } from '../standing/recompute.ts';
import { countOne } from '../store/counted.ts';
import { addDeclaration, ownDeclarations } from '../store/declarations.ts';
import { factsOf } from '../store/facts.ts';
import { findPerson, identityOf, takePerson } from '../store/persons.ts';
import { makeConsent } from '../store/relatives.ts';

const document = { type: v.string(), number: v.pipe(v.string(), v.maxLength(64)) };
const lookup = v.strictObject(document);
const name = v.pipe(
  v.string(),
  v.trim(),
  v.check((text) => isClaimText(text, 200)),
);
const paper = v.strictObject({
  ...document,
  name,
  /** As the person tells it at the desk, where they have not declared. */
  declaration: v.exactOptional(declaration),
});

const read = (asked: AskedBy, { type, number }: { type: string; number: string }) =>
  readDocument(type, number, shanghaiDay(asked.now));

/**
 * Somebody by their document: masked, counted by operator, and an act whether or not there is such a
 * person. The act names the person by their random id, never the number.
 */
async function lookUp(asked: AskedBy): Promise<Response> {
  const { context, service, signed, now } = asked;
  const { sql, cipher } = service;
  const body = await readJson(asked, lookup);
  if (!body.ok) return problem(context, body.error);
  const found = read(asked, body.value);
  if (!found.ok) return problem(context, 'bad-document');
  const waitS = await countOne(sql, 'lookups', signed.whose, now);
  if (waitS > 0) return tooMany(context, waitS);
  const id = await findPerson(sql, cipher.subjectOf(found.value));
  await sql.transaction((tx) =>
    recordAct(tx, {
      ...{ at: now, by: actorOf(signed), act: 'person-looked-up' },
      facts: { person: id ?? null },
    }),
  );
  const identity = id === undefined ? undefined : await identityOf(sql, id, cipher);
  if (id === undefined || !identity) return problem(context, 'no-person');
  const declarations = await ownDeclarations(sql, id, now, cipher);
  return answer(context, {
    ...{ id, type: identity.type },
    ...{ name: maskName(identity.name), number: maskNumber(identity.number) },
    ...(await explain(sql, id)),
    facts: await factsOf(sql, cipher.subjectOf(identity)),
    declarations: declarations.map(({ phone: _, address: __, ...rest }) => rest),
  });
}

/** A code on paper for somebody who stands at the desk with their document. */
async function print(asked: AskedBy): Promise<Response> {
  const { context, service, signed, now } = asked;
  const { sql, cipher, random, seat } = service;
  const body = await readJson(asked, paper);
  if (!body.ok) return problem(context, body.error);
  const found = read(asked, body.value);
  if (!found.ok) return problem(context, 'bad-document');
  const waitS = await countOne(sql, 'papers', signed.whose, now);
  if (waitS > 0) return tooMany(context, waitS);
  const said = body.value.declaration;
  const needs = { cipher, random, now };
  const identity = { ...found.value, name: body.value.name.normalize('NFC') };
  const person = await sql.transaction(async (tx) => {
    const id = await takePerson(tx, identity, needs);
    if (said && (await addDeclaration(tx, id, said, needs)) === 'too-many') return undefined;
    await recompute(tx, [id], now);
    return id;
  });
  if (person === undefined) return tooMany(context, 3600, 'declared-thrice');
  const made = await issuePaper({ ...needs, sql, seat }, { person });
  if (typeof made === 'string') return problem(context, made);
  const facts = { person, state: made.bearer.state, until: made.exp };
  await sql.transaction((tx) =>
    recordAct(tx, { at: now, by: actorOf(signed), act: 'paper-issued', facts }),
  );
  return answer(context, { text: made.text, ...shownOf(made, seat.issuer()) }, 201);
}

/** For a grown relative without a phone of their own, who stands at the desk. */
async function consent(asked: AskedBy): Promise<Response> {
  const { context, service, signed, now } = asked;
  const { sql, cipher, random } = service;
  const body = await readJson(asked, lookup);
  if (!body.ok) return problem(context, body.error);
  const found = read(asked, body.value);
  if (!found.ok) return problem(context, 'bad-document');
  const waitS = await countOne(sql, 'lookups', signed.whose, now);
  if (waitS > 0) return tooMany(context, waitS);
  const code = await sql.transaction(async (tx) => {
    const person = await findPerson(tx, cipher.subjectOf(found.value));
    const facts = { person: person ?? null };
    await recordAct(tx, { at: now, by: actorOf(signed), act: 'consent-made', facts });
    return person === undefined ? undefined : makeConsent(tx, person, random, now);
  });
  return code === undefined ? problem(context, 'no-person') : answer(context, { code }, 201);
}

export const peopleRows: readonly Row[] = [
  { method: 'POST', path: '/desk/people', needs: 'people:look-up', handle: lookUp },
  { method: 'POST', path: '/desk/papers', needs: 'papers:issue', signs: true, handle: print },
  { method: 'POST', path: '/desk/consents', needs: 'papers:issue', handle: consent },
];
