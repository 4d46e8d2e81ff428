import * as v from 'valibot';
import { isWithin } from '../../../core/console/areas.ts';
import { siteFacts } from '../../../core/console/gates.ts';
import { bodyProblem, problem } from '../../http/problem.ts';
import { recordAct } from '../../operators/act-log.ts';
import { findSite, keepSite, listSites, removeSite } from '../../store/places/sites.ts';
import { type AskedBy, actorOf, answer, closed, readJson } from '../asked.ts';

/** Sites of one's areas; a site's region counts as it does for a gate. */
async function list({ context, hub, operator }: AskedBy): Promise<Response> {
  const sites = await listSites(hub.sql);
  const mine = sites.filter(({ id, region }) => isWithin(operator.areas, { site: id, region }));
  return answer(context, { sites: mine });
}

const keeping = v.strictObject({
  /** 0 for a new one. */
  version: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
  site: siteFacts,
});

async function keep(asked: AskedBy): Promise<Response> {
  const { context, hub, now } = asked;
  const body = await readJson(asked, keeping);
  if (!body.ok) return bodyProblem(context, body.error);
  const { version, site } = body.value;
  if (site.id !== context.req.param('id')) return problem(context, 'bad-shape');
  if (new Set(site.zones.map(({ id }) => id)).size < site.zones.length)
    return problem(context, 'bad-shape');
  const kept = await hub.sql.transaction(async (tx) => {
    if (!(await keepSite(tx, site, version, now))) return false;
    const facts = { site: site.id, name: site.name, zones: site.zones.length };
    await recordAct(tx, { at: now, by: actorOf(asked), act: 'site-changed', facts });
    return true;
  });
  const found = kept ? await findSite(hub.sql, site.id) : undefined;
  if (found) return answer(context, found, version === 0 ? 201 : 200);
  return problem(context, version === 0 ? 'site-known' : 'changed-meanwhile');
}

async function remove(asked: AskedBy): Promise<Response> {
  const { context, hub, now } = asked;
  const id = context.req.param('id') ?? '';
  const removed = await hub.sql.transaction(async (tx) => {
    if (!(await removeSite(tx, id))) return false;
    await recordAct(tx, { at: now, by: actorOf(asked), act: 'site-removed', facts: { site: id } });
    return true;
  });
  if (removed) return answer(context, {});
  return problem(context, (await findSite(hub.sql, id)) ? 'site-in-use' : 'not-found');
}

/** Sites, with the zones whose people are counted. */
export const siteRows = [
  closed('GET', '/sites', 'gates:read', list),
  closed('PUT', '/sites/:id', 'sites:write', keep),
  closed('DELETE', '/sites/:id', 'sites:write', remove),
];
