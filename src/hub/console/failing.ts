import type { Failing } from '../../core/console/failing.ts';
import { failing } from '../daily-export/failing.ts';
import { type AskedBy, answer, closed } from './asked.ts';

async function whatFails({ context, hub, now }: AskedBy): Promise<Response> {
  const facts: Failing = { failing: await failing(hub.sql, now) };
  return answer(context, facts);
}

/** What the hub does by itself and cannot do now. */
export const failingRows = [closed('GET', '/failing', 'operators:manage', whatFails, 'idle')];
