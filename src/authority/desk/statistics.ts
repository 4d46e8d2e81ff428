import { listActs } from '../../node/store/act-log.ts';
import { type AskedBy, answer, type Row } from '../http/asked.ts';
import { problem } from '../http/problem.ts';
import { statistics } from '../store/statistics.ts';

/** What operators did, the newest first. */
async function acts({ context, service }: AskedBy): Promise<Response> {
  const { before = '' } = context.req.query();
  if (!/^\d{0,12}$/.test(before)) return problem(context, 'bad-shape');
  const page = { limit: 100, ...(before !== '' && { before: Number(before) }) };
  return answer(context, { acts: await listActs(service.sql, page) });
}

export const statisticsRows: readonly Row[] = [
  {
    ...{ method: 'GET', path: '/desk/statistics', needs: 'statistics:read' },
    handle: async ({ context, service }) => answer(context, await statistics(service.sql)),
  },
  { method: 'GET', path: '/desk/acts', needs: 'acts:read', handle: acts },
];
