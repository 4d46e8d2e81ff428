import { err, ok, type Result } from '../../../core/result.ts';
import { addressOf } from '../../../node/http/address.ts';
import { problem, tooMany } from '../../http/problem.ts';
import { type DayAsked, dayFacts } from '../../live/day-facts.ts';
import { standingOf } from '../../operators/sessions.ts';
import { type AskedBy, answer, closed } from '../asked.ts';

/** Seconds until a page that found no room for a stream tries again. */
const fullS = 60;

/**
 * `?offset=480&back=0&gate=ID`: the day of whoever asks, `offset` minutes ahead of UTC, or one of 99
 * before; of all gates or of one.
 */
function readAsked({ context, operator }: AskedBy): Result<DayAsked, 'bad-shape'> {
  const { offset = '0', back = '0', gate } = context.req.query();
  if (!/^-?\d{1,3}$/.test(offset) || !/^\d{1,2}$/.test(back)) return err('bad-shape');
  return ok({
    ...{ areas: operator.areas, offset: Number(offset), back: Number(back) },
    ...(gate !== undefined && { gate }),
  });
}

async function day(asked: AskedBy): Promise<Response> {
  const { context, hub, now } = asked;
  const read = readAsked(asked);
  if (!read.ok) return problem(context, read.error);
  const facts = await dayFacts(hub.sql, now, read.value, hub.issuerNames);
  return facts ? answer(context, facts) : problem(context, 'not-found');
}

/** The same of today as server-sent events: `event: day`, and a comment now and then. */
async function events(asked: AskedBy): Promise<Response> {
  const { context, hub, operator, session } = asked;
  const read = readAsked(asked);
  const isToday = read.ok && read.value.back === 0 && context.req.query('offset') !== undefined;
  // an answer to HEAD has no body that could end
  if (!read.ok || !isToday || context.req.method !== 'GET') return problem(context, 'bad-shape');
  const address = addressOf(context, hub.trustProxy ?? false);
  const watcher = { session: session.id, standing: standingOf(operator), address };
  const stream = hub.live.day(read.value, watcher);
  if (stream) return stream;
  hub.metrics.count('kakou_limited_total', { what: 'streams' });
  return tooMany(context, fullS);
}

/** The day at a glance, asked for or told. */
export const liveRows = [
  closed('GET', '/day', 'log:read', day, 'idle'),
  closed('GET', '/day/events', 'log:read', events, 'idle'),
];
