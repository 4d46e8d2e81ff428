import { type Context, Hono } from 'hono';
import { toSeconds } from '../../core/units.ts';
import { languageOf, pageHeaders, turnPage } from '../../demo/people/people-page.ts';
import { testPersons } from '../../demo/test-persons.ts';
import { isOurPage, whereOf } from '../../node/http/where.ts';
import type { Service } from '../http/asked.ts';
import { problem } from '../http/problem.ts';
import { type DemoSource, demoSourceId, factAbout, tell } from './demo-source.ts';

type Needs = Pick<Service, 'clock' | 'trustProxy' | 'nudge'> & { readonly source: DemoSource };

const maxChars = 200;

/**
 * `GET /demo/id/`: the invented people, with a button to turn each of them red and one to take it back, which
 * sign facts as a source does and bring them as the desk does. Demo only: whoever opens it may.
 */
export function demoDesk(needs: Needs): Hono {
  const { clock, trustProxy, nudge, source } = needs;
  const routes = new Hono();
  routes.get('/demo/id/', (context) => {
    const language = languageOf(context.req.query('lang'), context.req.header('accept-language'));
    const page = turnPage(language, testPersons, '/demo/id/facts', '/demo/id/style.css');
    return context.html(page, 200, pageHeaders);
  });
  routes.post('/demo/id/facts', async (context) => {
    const where = whereOf(context, trustProxy);
    if (!where.https && !where.local) return problem(context, 'not-secure');
    if (!isOurPage(context, where)) return problem(context, 'cross-site');
    const asked = await readForm(context);
    const person = testPersons.find(({ id }) => id === asked?.get('person'));
    const makes = asked?.get('make');
    if (!person || (makes !== 'red' && makes !== 'well')) return problem(context, 'bad-shape');
    const now = clock.wall();
    const lines =
      makes === 'red'
        ? [factAbout(person, { id: `red.${person.id}.${now}`, kind: 'order', at: toSeconds(now) })]
        : await withdrawals(source, person);
    const { changed } = await tell(source, `button.${person.id}.${now}`, lines, now);
    if (changed.urgent > 0) nudge?.();
    const lang = languageOf(asked?.get('lang') ?? undefined, context.req.header('accept-language'));
    return context.redirect(`/demo/id/?lang=${lang}#${person.id}-${makes}`, 303);
  });
  return routes;
}

async function readForm(context: Context): Promise<URLSearchParams | undefined> {
  if (Number(context.req.header('content-length') ?? maxChars + 1) > maxChars) return undefined;
  return new URLSearchParams(await context.req.text());
}

/** All that the demo has told about somebody but whose child they are. */
async function withdrawals(
  { sql, cipher }: DemoSource,
  person: (typeof testPersons)[number],
): Promise<object[]> {
  const rows = await sql.query<{ id: string }>(
    `select id from facts where source = $1 and subject = $2 and withdrawn_at is null
       and kind <> 'guardian'`,
    [demoSourceId, cipher.subjectOf(person)],
  );
  return rows.map(({ id }) => ({ withdraws: id }));
}
