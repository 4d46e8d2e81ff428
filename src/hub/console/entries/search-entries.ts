import { entrySearch, type FoundEntries } from '../../../core/console/entries.ts';
import { bodyProblem } from '../../http/problem.ts';
import { searchEntries } from '../../store/console/search.ts';
import { type AskedBy, answer, readJson } from '../asked.ts';
import { filterOf } from './filter.ts';

const aPage = 50;

/** A page of entries, the newest first; asked by a body, for the id of a pass may be in it. */
export async function search(asked: AskedBy): Promise<Response> {
  const { context, hub, operator } = asked;
  const body = await readJson(asked, entrySearch);
  if (!body.ok) return bodyProblem(context, body.error);
  const { filter, namesOf } = await filterOf(hub.sql, operator, body.value);
  const { after } = body.value;
  const page = await searchEntries(hub.sql, filter, { limit: aPage, after });
  const gates = new Set(page.entries.map(({ gate }) => gate));
  const names = await namesOf(gates);
  const named = [...gates].flatMap((gate) => {
    const name = names.get(gate);
    return name === undefined ? [] : [[gate, name] as const];
  });
  const facts: FoundEntries = { ...page, names: Object.fromEntries(named) };
  return answer(context, facts);
}
