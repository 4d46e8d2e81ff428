import { factFileChars } from '../facts/fact-file.ts';
import { importFacts } from '../facts/import-facts.ts';
import { listSources } from '../facts/sources.ts';
import { type AskedBy, actorOf, answer, type Row, readBodyText } from '../http/asked.ts';
import { problem } from '../http/problem.ts';

/** A source's signed file, as it came: the body and nothing else. */
async function bring(asked: AskedBy): Promise<Response> {
  const { context, service, signed, now } = asked;
  const text = await readBodyText(asked, factFileChars);
  if (!text.ok) return problem(context, text.error);
  const { sql, cipher } = service;
  const imported = await importFacts(text.value, { sql, cipher, now, by: actorOf(signed) });
  if (!imported.ok) return problem(context, imported.error);
  if (imported.value.changed.urgent > 0) service.nudge?.();
  return answer(context, imported.value, imported.value.replayed ? 200 : 201);
}

export const factRows: readonly Row[] = [
  {
    ...{ method: 'GET', path: '/desk/sources', needs: 'facts:import' },
    handle: async ({ context, service }) =>
      answer(context, { sources: await listSources(service.sql) }),
  },
  { method: 'POST', path: '/desk/facts', needs: 'facts:import', handle: bring },
];
