import * as v from 'valibot';
import { isClaimText } from '../../../core/pass/claim-text.ts';
import { bodyProblem, problem } from '../../http/problem.ts';
import { type AskedBy, actorOf, answer, closed, readJson } from '../asked.ts';

const asking = v.strictObject({
  /** The same city for the same seed. */
  seed: v.pipe(
    v.string(),
    v.check((text) => isClaimText(text, 64)),
  ),
  /** Minutes the asker's clock is ahead of UTC. */
  offset: v.pipe(v.number(), v.integer(), v.minValue(-840), v.maxValue(840)),
});

/** How far it is; 404 on a hub that is no demo's. */
async function look({ context, hub }: AskedBy): Promise<Response> {
  return hub.demoFill ? answer(context, hub.demoFill.status()) : problem(context, 'not-found');
}

async function make(asked: AskedBy): Promise<Response> {
  const { context, hub } = asked;
  if (!hub.demoFill) return problem(context, 'not-found');
  const body = await readJson(asked, asking);
  if (!body.ok) return bodyProblem(context, body.error);
  const isBegun = await hub.demoFill.begin(actorOf(asked), body.value);
  return isBegun
    ? answer(context, hub.demoFill.status(), 201)
    : problem(context, 'demo-data-there');
}

/** A made-up city, on demo hubs alone. */
export const demoDataRows = [
  closed('GET', '/demo-data', 'sites:write', look, 'idle'),
  closed('POST', '/demo-data', 'sites:write', make),
];
