import { type Context, Hono } from 'hono';
import { toSeconds } from '../../core/units.ts';
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
  routes.get('/demo/id/', (context) => context.html(page(), 200, { 'cache-control': 'no-store' }));
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
    return context.redirect('/demo/id/', 303);
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

/** Made-up names of ours, with nothing in them to escape. */
const page = (): string => `<!doctype html><html lang="zh-CN"><meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>演示人员 Demo people</title><h1>演示人员 Demo people</h1>
<p>虚构的人。按“转红”，其健康码随即变红，已领的码在一分钟内吊销。
Invented people. “Turn red” makes the next code red; what was issued before is revoked within a minute.</p>
<ul>${testPersons.map(item).join('')}</ul></html>`;

const item = ({ id, name, shows }: (typeof testPersons)[number]): string =>
  `<li><p><b>${name}</b> ${shows}</p><form method="post" action="/demo/id/facts">
<input type="hidden" name="person" value="${id}">
<button name="make" value="red" aria-label="转红 Turn red: ${name}">转红 Turn red</button>
<button name="make" value="well" aria-label="撤销 Take back: ${name}">撤销 Take back</button>
</form></li>`;
