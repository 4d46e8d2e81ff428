import { maskName, maskNumber } from '../../core/health/masks.ts';
import { type Explained, explain } from '../codes/bearer.ts';
import { type AskedBy, answer, type Row } from '../http/asked.ts';
import { problem } from '../http/problem.ts';
import { leftToday, ownDeclarations } from '../store/declarations.ts';
import { identityOf } from '../store/persons.ts';
import { rulesInForce } from '../store/rule-sets.ts';
import { whoseOf } from './whose.ts';

/** Who is signed in, what their state is and why, and what they may do today. */
async function self(asked: AskedBy): Promise<Response> {
  const { context, service, now } = asked;
  const whose = await whoseOf(asked, context.req.query('relative'));
  if (!whose) return problem(context, 'not-your-relative');
  const identity = await identityOf(service.sql, whose.person, service.cipher);
  if (!identity) return problem(context, 'sign-in-needed');
  const issuer = service.seat.issuer();
  const explained = await explain(service.sql, whose.person);
  const rules = (await rulesInForce(service.sql))?.rules.rules ?? [];
  const because = explained.because.map(({ class: reason, rule, until }) => ({
    class: reason,
    label: rules.find(({ id }) => id === rule)?.label,
    ...(until !== undefined && { until }),
  }));
  return answer(context, {
    ...{ id: whose.person, type: identity.type },
    ...{ name: maskName(identity.name), number: maskNumber(identity.number) },
    ...{ state: explained.state, until: explained.until, code: readiness(explained) },
    ...(whose.seesAll && { because, district: await districtOf(asked, whose.person) }),
    ...(explained.state !== null && { shown: issuer?.states[explained.state] }),
    notices: explained.notices.map((code) => ({ code, label: issuer?.notices[code]?.label })),
    declaredAt: explained.declaredAt,
    ...{ now, declarationsLeft: await leftToday(service.sql, whose.person, now) },
    issuer: issuer && {
      id: issuer.id,
      name: issuer.name,
      hotline: issuer.hotline,
      state: issuer.state,
    },
  });
}

/** The district of the declaration that counts, with its risk as gates know it; null before the first. */
async function districtOf({ service, now }: AskedBy, person: string) {
  const [last] = await ownDeclarations(service.sql, person, now, service.cipher);
  if (!last) return null;
  const known = service.seat
    .published()
    ?.bundle.districts?.find(({ code }) => code === last.district);
  return { code: last.district, ...(known && { name: known.name, risk: known.risk }) };
}

/** Whether there is a code: a page shows no colour where there is none. */
const readiness = ({ state, declaredAt }: Explained) =>
  declaredAt === null ? 'declare-first' : state === null ? 'state-unknown' : 'ready';

export const accountRows: readonly Row[] = [
  { method: 'GET', path: '/api/me', needs: 'citizen', handle: self },
];
