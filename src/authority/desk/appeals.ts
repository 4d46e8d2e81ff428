import * as v from 'valibot';
import type { WaitingAppeal, WaitingAppeals } from '../../core/health/desk-answers.ts';
import { maskName, maskNumber } from '../../core/health/masks.ts';
import { recordAct } from '../../node/store/act-log.ts';
import { explain } from '../codes/bearer.ts';
import { withdraw } from '../facts/import-facts.ts';
import { type AskedBy, actorOf, answer, type Row, readJson } from '../http/asked.ts';
import { problem } from '../http/problem.ts';
import { recompute } from '../standing/recompute.ts';
import { answerAppeal, openAppeals, outcomes } from '../store/appeals.ts';
import { factsOf } from '../store/facts.ts';
import { identityOf } from '../store/persons.ts';

const said = v.strictObject({
  outcome: v.picklist(outcomes),
  answer: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(2000)),
  /** Facts that were wrong: taken back, whoever told them. */
  withdraws: v.exactOptional(
    v.pipe(
      v.array(v.strictObject({ source: v.string(), id: v.pipe(v.string(), v.maxLength(64)) })),
      v.maxLength(20),
    ),
  ),
});

/** Those that wait, with the state they are about and what it rests on; whose they are stays masked. */
async function list({ context, service }: AskedBy): Promise<Response> {
  const { sql, cipher } = service;
  const { after } = context.req.query();
  const [, at, id = ''] = /^(\d{1,15})\.([\w-]{1,64})$/.exec(after ?? '') ?? [];
  if (after !== undefined && at === undefined) return problem(context, 'bad-shape');
  const page = await openAppeals(
    sql,
    cipher,
    at === undefined ? undefined : { at: Number(at), id },
  );
  const appeals = await Promise.all(
    page.appeals.map(async (appeal): Promise<WaitingAppeal> => {
      const identity = await identityOf(sql, appeal.person, cipher);
      return {
        ...appeal,
        ...{ name: maskName(identity?.name ?? ''), number: maskNumber(identity?.number ?? '') },
        standing: await explain(sql, appeal.person),
        facts: identity ? await factsOf(sql, cipher.subjectOf(identity)) : [],
      };
    }),
  );
  return answer(context, { ...page, appeals } satisfies WaitingAppeals);
}

class FactUnknown extends Error {}

/** Answered once; what was wrong is taken back and the person judged anew, in one piece. */
async function reply(asked: AskedBy): Promise<Response> {
  const { context, service, signed, now } = asked;
  const { sql, cipher } = service;
  const body = await readJson(asked, said);
  if (!body.ok) return problem(context, body.error);
  const { withdraws = [], ...answered } = body.value;
  const id = context.req.param('id') ?? '';
  try {
    const person = await sql.transaction(async (tx) => {
      const whose = await answerAppeal(tx, id, answered, cipher, now);
      if (whose === undefined) return undefined;
      const [row] = await tx.query<{ subject: string }>(
        'select subject from persons where id = $1',
        [whose],
      );
      for (const fact of withdraws) {
        const taken = await withdraw(tx, fact.source, fact.id, now);
        // of this person alone: an appeal is no way to change another one's colour
        if (!taken.ok || taken.value.subjects[0] !== row?.subject) throw new FactUnknown();
      }
      const facts = {
        ...{ appeal: id, person: whose, outcome: answered.outcome },
        withdraws: withdraws.map((fact) => `${fact.source}/${fact.id}`),
      };
      await recordAct(tx, { at: now, by: actorOf(signed), act: 'appeal-answered', facts });
      await recompute(tx, [whose], now);
      return whose;
    });
    if (person === undefined) return problem(context, 'appeal-unknown');
    return answer(context, { standing: await explain(sql, person) });
  } catch (thrown) {
    if (thrown instanceof FactUnknown) return problem(context, 'fact-unknown');
    throw thrown;
  }
}

export const deskAppealRows: readonly Row[] = [
  { method: 'GET', path: '/desk/appeals', needs: 'appeals:answer', handle: list },
  { method: 'POST', path: '/desk/appeals/:id', needs: 'appeals:answer', handle: reply },
];
