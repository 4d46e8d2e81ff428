import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rows } from '../../../src/authority/app.ts';
import { generateKey, signerOf } from '../../../src/authority/keys.ts';
import { signDeskPass } from '../../../src/core/health/desk-pass.ts';
import { toSeconds } from '../../../src/core/units.ts';
import { demoHealthRules } from '../../../src/demo/demo-health-rules.ts';
import { testPersons } from '../../../src/demo/test-persons.ts';
import { verifyActs } from '../../../src/node/store/act-log.ts';
import { declared, factsFile, someone, testSource } from '../../support/authority/people.ts';
import { said, scanned } from '../../support/authority/scanner.ts';
import {
  Browser,
  citizen,
  deskPass,
  operator,
  type TestAuthority,
  testAuthority,
} from '../../support/authority/test-authority.ts';

let at: TestAuthority;
let desk: Browser;
let admin: Browser;
let nudged = 0;
beforeAll(async () => {
  at = await testAuthority({ nudge: () => void nudged++ });
  await at.publish();
  [desk, admin] = [await operator(at), await operator(at, 'admin')];
});
afterAll(() => at.close());

const zhang = testPersons[0] ?? someone(0);
const lookUp = (browser: Browser, { type, number }: { type: string; number: string } = zhang) =>
  browser.post('/desk/people', { type, number });

describe('who comes to the desk', () => {
  it('has the hub’s word, once, for a minute, for this issuer', async () => {
    const enter = (pass: string) => new Browser(at).post('/desk/session', pass);
    const pass = await deskPass(at, 'desk');
    expect((await enter(pass)).body).toMatchObject({
      ...{ role: 'desk', name: 'desk of the test' },
      scheme: {
        ...{ id: 'CN-TJ', states: { o: { label: { en: 'Orange' } } } },
        districts: { 120101: { en: 'Heping District' } },
      },
    });
    expect((await enter(pass)).body.code).toBe('sign-in-failed');
    const now = toSeconds(at.clock.wall());
    const bent = [
      { aud: 'CN-HE' },
      { iat: now - 120, exp: now - 60 },
      { exp: now + 3600 },
      { iat: now + 60, exp: now + 120 },
      { role: 'nobody' },
    ];
    for (const over of bent)
      expect((await enter(await deskPass(at, 'desk', over))).body.code).toBe('sign-in-failed');
    const forged = {
      operator: 'x',
      name: 'x',
      role: 'admin',
      aud: 'CN-TJ',
      jti: 'A'.repeat(22),
    } as const;
    const stranger = await signerOf(await generateKey('receipt-1'));
    const token = await signDeskPass({ ...forged, iat: now, exp: now + 60 }, stranger);
    expect((await enter(token)).body.code).toBe('sign-in-failed');
    expect((await enter(await deskPass(at, 'supervisor'))).body.code).toBe('sign-in-failed');
  });

  it('may do what the role says and no more; every route of the desk is behind a role', async () => {
    const auditor = await operator(at, 'auditor');
    expect((await auditor.get('/desk/statistics')).status).toBe(200);
    expect((await auditor.get('/desk/acts')).status).toBe(200);
    expect((await lookUp(auditor)).status).toBe(403);
    expect((await desk.get('/desk/acts')).status).toBe(403);
    expect((await desk.post('/desk/rules', demoHealthRules['CN-TJ'])).status).toBe(403);
    const open = rows.filter(({ path, needs }) => path.startsWith('/desk') && needs === 'nobody');
    expect(open.map(({ path }) => path)).toEqual(['/desk/session']);
    const own = await citizen(at, 'li');
    const cookie = [...own.cookies.values()][0] ?? '';
    own.cookies.set('__Secure-kakou-desk', cookie);
    expect((await own.get('/desk/appeals')).status).toBe(401); // a citizen's token is none of the desk's
  });

  it('leaves, and is gone for the hub’s word of a minute ago is none', async () => {
    const one = await operator(at);
    at.clock.tick(60_000);
    expect((await one.get('/desk/session')).status).toBe(401);
    const two = await operator(at);
    expect((await two.delete('/desk/session')).status).toBe(200);
    expect((await two.get('/desk/session')).status).toBe(401);
    [desk, admin] = [await operator(at), await operator(at, 'admin')];
  });
});

describe('people by their document', () => {
  it('are masked, and every look is an act that names no number', async () => {
    const browser = await citizen(at, 'zhang');
    await browser.declare();
    const found = await lookUp(desk);
    expect(found.body).toMatchObject({ name: '张*三', state: 'g' });
    expect(found.body.declarations[0]).not.toHaveProperty('phone');
    expect(found.body.declarations[0]).not.toHaveProperty('address');
    expect(JSON.stringify(found.body)).not.toContain(zhang.number);
    expect((await lookUp(desk, someone(400))).body.code).toBe('no-person');
    const { acts } = (await admin.get('/desk/acts')).body;
    const looks = acts.filter(({ act }: { act: string }) => act === 'person-looked-up');
    expect(looks.map(({ facts }: { facts: object }) => facts)).toEqual([
      { person: null },
      { person: found.body.id },
    ]);
  });

  it('one operator sees sixty an hour and no more, found or not', async () => {
    const curious = await operator(at);
    let last = 0;
    let looked = 2;
    for (; looked < 70 && last !== 429; looked++)
      last = (await lookUp(curious, someone(500 + looked))).status;
    expect(looked).toBe(61); // the two of before were the same operator's
    const { headers } = await lookUp(curious);
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(3000);
    at.clock.tick(3_600_000);
    [desk, admin] = [await operator(at), await operator(at, 'admin')];
    expect((await lookUp(desk)).status).toBe(200);
  });
});

describe('a code on paper', () => {
  it('is made for who stands there, is checked against the document, and is an act', async () => {
    const person = someone(600, '赵大爷', '19400101');
    const bare = await desk.post('/desk/papers', { ...person });
    expect(bare.body.code).toBe('declare-first');
    const made = await desk.post('/desk/papers', { ...person, declaration: declared() });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({ state: 'g', name: '赵*爷' });
    const verdict = await scanned(at, made.body.text);
    expect(`${verdict.state}/${verdict.reason}`).toBe('check/paper-check-id');
    const { acts } = (await admin.get('/desk/acts')).body;
    expect(acts[0]).toMatchObject({ act: 'paper-issued', facts: { state: 'g' } });
    expect(JSON.stringify(acts)).not.toContain(person.number);
  });

  it('is revoked like any other when its holder turns red', async () => {
    const person = someone(601, '赵大妈', '19450101');
    const made = await desk.post('/desk/papers', { ...person, declaration: declared() });
    const source = await testSource(at.sql, 'paper-red', ['order']);
    const line = { id: '1', kind: 'order', type: person.type, number: person.number, at: 1 };
    const before = nudged;
    const came = await desk.post('/desk/facts', await factsFile(source, 'b', [line]));
    expect(came.body).toMatchObject({ taken: 1, changed: { worse: 1, urgent: 1 } });
    expect(nudged).toBe(before + 1);
    await at.publish();
    expect(await said(at, made.body.text)).toBe('stop/revoked');
  });
});

describe('an appeal', () => {
  it('is answered once; the fact that was wrong is taken back and the colour is green again', async () => {
    const browser = await citizen(at, 'macao');
    await browser.declare();
    const source = await testSource(at.sql, 'wrong', ['contact']);
    const number = 'M12345678';
    const line = {
      id: 'w1',
      kind: 'contact',
      type: 'hk-macao-permit',
      number,
      at: toSeconds(at.clock.wall()),
    };
    await desk.post('/desk/facts', await factsFile(source, 'b', [line]));
    expect((await browser.live()).body.state).toBe('o');
    const text = '我没有去过那里';
    expect((await browser.post('/api/appeals', { class: 'contact', text })).status).toBe(201);
    expect((await browser.post('/api/appeals', { class: 'contact', text })).body.code).toBe(
      'appeal-open',
    );
    const [appeal] = (await desk.get('/desk/appeals')).body.appeals;
    expect(appeal).toMatchObject({
      text,
      class: 'contact',
      name: '何*明',
      standing: { state: 'o' },
      facts: [{ source: 'wrong', id: 'w1', kind: 'contact', withdrawnAt: null }],
    });
    const answer = (withdraws: object[]) =>
      desk.post(`/desk/appeals/${appeal.id}`, { outcome: 'upheld', answer: '已更正', withdraws });
    const others = await testSource(at.sql, 'others', ['contact']);
    const another = { ...line, id: 'o1', number: 'H12345678' };
    await desk.post('/desk/facts', await factsFile(others, 'b', [another]));
    expect((await answer([{ source: 'others', id: 'o1' }])).body.code).toBe('fact-unknown');
    expect((await answer([{ source: 'wrong', id: 'w9' }])).body.code).toBe('fact-unknown');
    expect((await answer([{ source: 'wrong', id: 'w1' }])).body.standing.state).toBe('g');
    expect((await answer([])).body.code).toBe('appeal-unknown');
    expect((await browser.live()).body.state).toBe('g');
    expect((await browser.get('/api/appeals')).body.appeals).toMatchObject([
      { text, answer: '已更正', outcome: 'upheld' },
    ]);
  });
});

describe('rules and risks at the desk', () => {
  it('are tried, and used by an admin; those of another scheme are refused', async () => {
    const rules = demoHealthRules['CN-TJ'];
    const red = { ...rules.rules[0], id: 'all', on: 'person', when: true };
    const dry = await desk.post('/desk/rules/dry-run', { ...rules, rules: [red] });
    expect(dry.body.states).toEqual({ r: dry.body.persons });
    expect(dry.body.changes['g>r']).toBeGreaterThan(1);
    expect((await admin.post('/desk/rules', demoHealthRules['CN-HE'])).body.code).toBe('bad-rules');
    const odd = { ...rules, states: ['g', 'x', 'r'], rules: [] };
    expect((await admin.post('/desk/rules', odd)).body.code).toBe('bad-rules');
    const failing = { ...rules, rules: [{ ...red, when: { '<': [null, 1] } }] };
    expect((await admin.post('/desk/rules', failing)).body.code).toBe('rules-failed');
    expect((await admin.post('/desk/rules', rules)).body).toMatchObject({ version: 2 });
    expect((await admin.get('/desk/rules')).body.inForce.version).toBe(2);
    const risk = { code: '120101', risk: 'medium', since: '2026-06-01' };
    expect((await desk.post('/desk/districts', { districts: [risk] })).body).toEqual({
      changed: 1,
    });
    expect((await desk.get('/desk/districts')).body.districts).toEqual([risk]);
  });

  it('statistics tell no number that could be one family', async () => {
    const { body } = await desk.get('/desk/statistics');
    expect(body.persons).toBeGreaterThan(3);
    expect(body.types['hk-macao-permit']).toBeNull();
    expect(body.openAppeals).toBe(0);
  });
});

describe('of a name, a number, a text or a token', () => {
  it('nothing stands in a line that was logged or in the log of acts, whose chain holds', async () => {
    expect(at.lines.length).toBeGreaterThan(50);
    const tokens = [...desk.cookies.values(), ...admin.cookies.values()];
    const secrets = [
      ...testPersons.flatMap(({ name, number }) => [name, number]),
      ...['赵大爷', '我没有去过那里', '13800138000', '解放北路', ...tokens],
    ];
    const kept = await at.sql.query<{ entry: string }>('select entry from operator_log');
    const all = [...at.lines, ...kept.map(({ entry }) => entry)].join('\n');
    expect(secrets.filter((secret) => all.includes(secret))).toEqual([]);
    expect(await verifyActs(at.sql)).not.toHaveProperty('brokenAt');
  });

  it('nothing stands in any column that is not encrypted', async () => {
    const tables = await at.sql.query<{ name: string }>(
      "select table_name as name from information_schema.tables where table_schema = 'public'",
    );
    const dumps = await Promise.all(
      tables.map(({ name }) => at.sql.query(`select to_jsonb(t)::text as row from ${name} t`)),
    );
    const all = JSON.stringify(dumps);
    const secrets = testPersons.flatMap(({ name, number }) => [name, number]);
    const known = ['赵大爷', '我没有去过那里', '已更正', '13800138000', '解放北路'];
    expect([...secrets, ...known].filter((secret) => all.includes(secret))).toEqual([]);
  });
});
