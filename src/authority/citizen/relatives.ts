import * as v from 'valibot';
import { readDocument } from '../../core/health/documents.ts';
import { maskName, maskNumber } from '../../core/health/masks.ts';
import { shanghaiDay } from '../../core/health/shanghai.ts';
import { isClaimText } from '../../core/pass/claim-text.ts';
import { type AskedBy, answer, type Row, readJson } from '../http/asked.ts';
import { problem, tooMany } from '../http/problem.ts';
import { recompute } from '../standing/recompute.ts';
import { countOne } from '../store/counted.ts';
import { identityOf } from '../store/persons.ts';
import {
  addAdult,
  addChild,
  consentMs,
  dropRelative,
  holdersOf,
  makeConsent,
  relativesOf,
} from '../store/relatives.ts';

const name = v.pipe(
  v.string(),
  v.trim(),
  v.check((text) => isClaimText(text, 200)),
);
const body = v.union([
  v.strictObject({
    child: v.strictObject({ type: v.string(), number: v.pipe(v.string(), v.maxLength(64)), name }),
  }),
  v.strictObject({ consent: v.pipe(v.string(), v.minLength(1), v.maxLength(32)) }),
]);

async function list(asked: AskedBy): Promise<Response> {
  const { context, service, signed, now } = asked;
  const { sql, cipher } = service;
  const held = await relativesOf(sql, signed.whose, cipher, now);
  const holders = await Promise.all(
    (await holdersOf(sql, signed.whose)).map(async (one) => ({
      ...one,
      name: maskName((await identityOf(sql, one.id, cipher))?.name ?? ''),
    })),
  );
  const relatives = held.map(({ identity, ...one }) => ({
    ...one,
    ...{ name: maskName(identity.name), number: maskNumber(identity.number) },
  }));
  return answer(context, { relatives, shownBy: holders });
}

async function add(asked: AskedBy): Promise<Response> {
  const { context, service, signed, now } = asked;
  const { sql, cipher, random } = service;
  const read = await readJson(asked, body);
  if (!read.ok) return problem(context, read.error);
  const asks = read.value;
  const what = 'child' in asks ? 'relative-tries' : 'consent-tries';
  const waitS = await countOne(sql, what, signed.whose, now);
  if (waitS > 0) return tooMany(context, waitS);
  const document =
    'child' in asks
      ? readDocument(asks.child.type, asks.child.number, shanghaiDay(now))
      : undefined;
  if (document && !document.ok) return problem(context, 'bad-document');
  const added = await sql.transaction(async (tx) => {
    if ('consent' in asks) return addAdult(tx, signed.whose, asks.consent, now);
    if (!document?.ok) return 'not-guardian';
    const child = { ...document.value, name: asks.child.name.normalize('NFC') };
    const id = await addChild(tx, signed.whose, child, { cipher, random, now });
    await recompute(tx, [id], now);
    return id;
  });
  switch (added) {
    case 'too-many-relatives':
    case 'not-guardian':
    case 'consent-unknown':
    case 'relative-self':
      return problem(context, added);
    default:
      return answer(context, { id: added }, 201);
  }
}

/** By an adult whose code another one is to show. */
async function consent(asked: AskedBy): Promise<Response> {
  const { context, service, signed, now } = asked;
  const waitS = await countOne(service.sql, 'consents-made', signed.whose, now);
  if (waitS > 0) return tooMany(context, waitS);
  const code = await makeConsent(service.sql, signed.whose, service.random, now);
  return answer(context, { code, exp: Math.floor((now + consentMs) / 1000), now }, 201);
}

/** Either of the two ends it. */
async function drop(asked: AskedBy): Promise<Response> {
  const { context, service, signed } = asked;
  const other = context.req.param('id') ?? '';
  const isDropped =
    (await dropRelative(service.sql, signed.whose, other)) ||
    (await dropRelative(service.sql, other, signed.whose));
  return isDropped ? answer(context, {}) : problem(context, 'not-your-relative');
}

export const relativeRows: readonly Row[] = [
  { method: 'GET', path: '/api/relatives', needs: 'citizen', handle: list },
  { method: 'POST', path: '/api/relatives', needs: 'citizen', handle: add },
  { method: 'POST', path: '/api/relatives/consent', needs: 'citizen', handle: consent },
  { method: 'DELETE', path: '/api/relatives/:id', needs: 'citizen', handle: drop },
];
