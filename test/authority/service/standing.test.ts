import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importFacts } from '../../../src/authority/facts/import-facts.ts';
import { columnCipher } from '../../../src/authority/privacy/column-cipher.ts';
import { newSecrets } from '../../../src/authority/privacy/secrets.ts';
import { recompute, recomputeDue, settleSome } from '../../../src/authority/standing/recompute.ts';
import { putRisks, putRulesInForce, readRules } from '../../../src/authority/standing/use-rules.ts';
import {
  addDeclaration,
  leftToday,
  ownDeclarations,
} from '../../../src/authority/store/declarations.ts';
import { takePerson } from '../../../src/authority/store/persons.ts';
import type { Declaration } from '../../../src/core/health/declaration.ts';
import { epochMillis } from '../../../src/core/units.ts';
import { demoHealthRules } from '../../../src/demo/demo-health-rules.ts';
import type { Sql } from '../../../src/node/database.ts';
import { verifyActs } from '../../../src/node/store/act-log.ts';
import { databases } from '../../support/authority/databases.ts';
import {
  declared,
  factsFile,
  residentId,
  signFacts,
  someone,
  testSource,
} from '../../support/authority/people.ts';
import { randomBytes } from '../../support/passes.ts';

const dayMs = 86_400_000;
/** 08:00 of 1 March 2022 in Shanghai. */
const begin = Date.UTC(2022, 2, 1, 0);

describe.each(databases)('declarations, facts and colours on $name', ({ open }) => {
  let sql: Sql;
  let now = epochMillis(begin);
  const cipher = columnCipher(newSecrets(randomBytes), randomBytes);
  const by = 'command-line' as const;
  const needs = () => ({ cipher, random: randomBytes, now });
  const use = () => ({ sql, now, by });
  beforeAll(async () => {
    sql = await open();
    const used = await putRulesInForce(demoHealthRules['CN-TJ'], use());
    expect(used).toMatchObject({ ok: true, value: { version: 1 } });
  });
  afterAll(() => sql.close());

  const enrol = (serial: number) =>
    sql.transaction(async (tx) => {
      const id = await takePerson(tx, someone(serial), needs());
      await recompute(tx, [id], now);
      return id;
    });
  const declare = (person: string, over: Partial<Declaration> = {}) =>
    sql.transaction(async (tx) => {
      const left = await addDeclaration(tx, person, declared(over), needs());
      await recompute(tx, [person], now);
      return left;
    });
  const standing = async (person: string) => {
    const [row] = await sql.query<{ state: string; because: string; until: number }>(
      'select state, because, until from standings where person = $1',
      [person],
    );
    return row;
  };
  const fact = (serial: number, id: string, over: object = {}) => ({
    ...{ id, kind: 'contact', type: 'resident-id', number: residentId(serial) },
    ...{ at: Math.floor(now / 1000) },
    ...over,
  });
  const bring = (text: string) => importFacts(text, { sql, cipher, now, by });
  async function settle() {
    for (;;) if (!(await settleSome(sql, now))) return;
  }

  it('a fourth declaration of a day in Shanghai is refused, also of four at once; the last one counts', async () => {
    const person = await enrol(1);
    const all = await Promise.all([1, 2, 3, 4].map(() => declare(person)));
    expect(all.map(String).sort()).toEqual(['0', '1', '2', 'too-many']);
    now = epochMillis(begin + 15 * 3_600_000 + 59 * 60_000); // 23:59 in Shanghai
    expect(await declare(person)).toBe('too-many');
    now = epochMillis(begin + 16 * 3_600_000); // midnight there, 16:00 UTC
    expect(await leftToday(sql, person, now)).toBe(3);
    expect(await declare(person, { symptoms: ['fever'] })).toBe(2);
    expect(await standing(person)).toMatchObject({ state: 'o' });
    expect(await declare(person)).toBe(1);
    expect(await standing(person)).toMatchObject({ state: 'g' });
  });

  it('a person sees 14 days of their own, the newest first, and nobody else’s', async () => {
    const person = await enrol(2);
    await declare(person, { address: '一号' });
    now = epochMillis(now + 13 * dayMs);
    await declare(person, { address: '二号' });
    const own = await ownDeclarations(sql, person, now, cipher);
    expect(own.map(({ address }) => address)).toEqual(['二号', '一号']);
    now = epochMillis(now + dayMs);
    expect(await ownDeclarations(sql, person, now, cipher)).toHaveLength(1);
  });

  it('where the phone was makes no colour', async () => {
    const person = await enrol(3);
    await putRisks([{ code: '130102', risk: 'high', since: '2022-03-01' }], use());
    await declare(person, { seenAt: '130102' });
    expect(await standing(person)).toMatchObject({ state: 'g' });
    await declare(person, { travel: ['130102'] });
    expect(await standing(person)).toMatchObject({ state: 'o' });
  });

  it('facts of a signed file make states, told with rule, fact and end; the end comes by itself', async () => {
    const source = await testSource(sql);
    const [one, other] = [await enrol(4), await enrol(5)];
    const until = Math.floor(now / 1000) + 3600;
    const lines = [
      fact(4, 'f1'),
      fact(5, 'f2', { kind: 'order', until }),
      fact(6, 'f3', { number: '12010119800101001X' }),
      { nonsense: true },
      fact(6, 'f4', { kind: 'weather' }),
      fact(6, 'f5'),
    ];
    const file = await factsFile(source, 'b1', lines);
    const came = await bring(file);
    expect(came).toMatchObject({
      ok: true,
      value: {
        ...{ taken: 3, duplicates: 0, replayed: false, changed: { worse: 2, urgent: 1 } },
        rejected: [
          { line: 3, problem: 'document' },
          { line: 4, problem: 'shape' },
          { line: 5, problem: 'kind' },
        ],
      },
    });
    expect(await standing(one)).toMatchObject({ state: 'o' });
    const red = await standing(other);
    expect(red).toMatchObject({ state: 'r', until });
    expect(JSON.parse(red?.because ?? '')).toEqual([
      { rule: 'order', class: 'order', facts: ['cdc/f2'], until },
    ]);
    now = epochMillis(until * 1000);
    await recomputeDue(sql, now);
    expect(await standing(other)).toMatchObject({ state: 'g' });
    const late = await enrol(6); // signs in after the fact about them came
    expect(await standing(late)).toMatchObject({ state: 'o' });
    const again = await bring(file);
    expect(again).toMatchObject({ ok: true, value: { replayed: true, taken: 3 } });
    expect(await standing(other)).toMatchObject({ state: 'g' });
  });

  it('a batch of other content, a known fact told otherwise, another key, typ or source is refused', async () => {
    const source = await testSource(sql, 'lab', ['test']);
    const line = fact(7, 't1', { kind: 'test', value: 'positive' });
    const person = await enrol(7);
    await bring(await factsFile(source, 'b1', [line]));
    expect(await standing(person)).toMatchObject({ state: 'r' });
    const other = await factsFile(source, 'b1', [{ ...line, value: 'negative' }]);
    expect(await bring(other)).toEqual({ ok: false, error: 'other-batch' });
    const conflict = await factsFile(source, 'b2', [{ ...line, value: 'negative' }]);
    expect(await bring(conflict)).toMatchObject({
      value: { taken: 0, rejected: [{ line: 1, problem: 'conflict' }] },
    });
    const forged = { key: (await testSource(sql, 'other')).key, id: 'lab' };
    const problem = async (text: string) => {
      const answer = await bring(text);
      return answer.ok ? 'taken' : answer.error;
    };
    expect(await problem(await factsFile(forged, 'b3', [line]))).toBe('bad-signature');
    expect(await problem(await factsFile(source, 'b3', [line], { source: 'cdc' }))).toBe(
      'bad-shape',
    );
    expect(await problem(await signFacts(source.key, {}, 'lab', 'kp+jwt'))).toBe('wrong-type');
    expect(await problem(await signFacts(source.key, {}, 'nobody'))).toBe('unknown-source');
    expect(await problem('x')).toBe('malformed');
    const back = await bring(
      await factsFile(source, 'b4', [{ withdraws: 't1' }, { withdraws: 't9' }]),
    );
    expect(back).toMatchObject({
      value: { withdrawn: 1, rejected: [{ line: 2, problem: 'unknown' }] },
    });
    expect(await standing(person)).toMatchObject({ state: 'g' });
  });

  it('a table does as well as lines of JSON, its rejected lines told by the file’s own numbers', async () => {
    const source = await testSource(sql, 'table', ['order']);
    const person = await enrol(8);
    const at = Math.floor(now / 1000);
    const table = [
      'id,kind,type,number,at,until,value',
      `c1,order,resident-id,${residentId(8)},${at},${at + 60},`,
      `c2,order,resident-id,${residentId(8)},${at},${at - 60},`,
      'c3,order,resident-id',
    ].join('\r\n');
    expect(await bring(await factsFile(source, 'b1', table))).toMatchObject({
      value: {
        taken: 1,
        rejected: [
          { line: 3, problem: 'time' },
          { line: 4, problem: 'shape' },
        ],
      },
    });
    expect(await standing(person)).toMatchObject({ state: 'r' });
    expect(await bring(await factsFile(source, 'b2', 'id,name\r\n1,x'))).toMatchObject({
      error: 'bad-shape',
    });
  });

  it('new rules are tried on everybody first, then everybody is judged anew, over a stop too', async () => {
    await settle();
    const rules = demoHealthRules['CN-TJ'];
    const all = { ...rules.rules[0], id: 'all', on: 'person' as const, when: true };
    const wider = readRules({ ...rules, rules: [...rules.rules, all] });
    if (!wider) throw new Error('rules');
    const used = await putRulesInForce(wider, use());
    const people = used.ok ? used.value.dry.persons : 0;
    expect(used).toMatchObject({ ok: true, value: { dry: { states: { r: people } } } });
    const first = await settleSome(sql, now);
    expect(first?.worse).toBeGreaterThan(3);
    await settle();
    const [left] = await sql.query("select 1 from standings where state <> 'r'");
    expect(left).toBeUndefined();
    await putRulesInForce(rules, use());
    await settle();
    expect((await sql.query("select 1 from standings where state = 'g'")).length).toBeGreaterThan(
      3,
    );
  });

  it('rules that fail for anybody are not taken into use', async () => {
    const rules = demoHealthRules['CN-TJ'];
    const broken = {
      ...rules.rules[0],
      id: 'broken',
      on: 'person' as const,
      when: { '<': [null, 1] },
    };
    const tried = readRules({ ...rules, rules: [broken] });
    if (!tried) throw new Error('rules');
    const refused = await putRulesInForce(tried, use());
    expect(refused.ok).toBe(false);
    expect(refused.ok ? {} : refused.error.failed).toMatchObject({ broken: expect.any(Number) });
  });

  it('whoever lives where the risk has changed is judged anew', async () => {
    const person = await enrol(9);
    await declare(person, { travel: ['120115'] });
    expect(await standing(person)).toMatchObject({ state: 'g' });
    const risk = { code: '120115', risk: 'medium', since: '2022-03-02' } as const;
    expect(await putRisks([risk], use())).toBe(1);
    expect(await putRisks([risk], use())).toBe(0);
    await settle();
    expect(await standing(person)).toMatchObject({ state: 'o' });
  });

  it('every act of these is in a log whose chain holds', async () => {
    expect(await verifyActs(sql)).not.toHaveProperty('brokenAt');
    expect((await verifyActs(sql)).entries).toBeGreaterThan(8);
  });
});
