import * as v from 'valibot';
import { districtCode } from '../../core/health/declaration.ts';
import { type AskedBy, answer, type Row } from '../http/asked.ts';

/**
 * The districts a declaration can name, by the bundle that is published: codes and names. Their risk
 * is left out, so that nobody is led to say another one.
 */
async function list({ context, service }: AskedBy): Promise<Response> {
  const published = service.seat.published()?.bundle.districts ?? [];
  const districts = published
    .filter(({ code }) => v.is(districtCode, code))
    .map(({ code, name }) => ({ code, name }))
    .sort((a, b) => (a.code < b.code ? -1 : 1));
  return answer(context, { districts });
}

export const districtRows: readonly Row[] = [
  { method: 'GET', path: '/api/districts', needs: 'citizen', handle: list },
];
