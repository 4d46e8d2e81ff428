import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importFacts } from '../../src/authority/facts/import-facts.ts';
import { toSeconds } from '../../src/core/units.ts';
import { testChildren, testPersons } from '../../src/demo/test-persons.ts';
import { declared, factsFile, someone, testSource } from '../support/authority/people.ts';
import { said, scanned } from '../support/authority/scanner.ts';
import {
  type Browser,
  citizen,
  operator,
  type TestAuthority,
  testAuthority,
} from '../support/authority/test-authority.ts';
import { told } from '../support/authority/told.ts';

const dayMs = 86_400_000;
let at: TestAuthority;
beforeAll(async () => {
  at = await testAuthority();
});
afterAll(() => at.close());

/** The register's word that both are parents of the child. */
async function bothParents(): Promise<void> {
  const source = await testSource(at.sql, 'register', ['guardian']);
  const [child] = testChildren;
  const lines = testPersons.slice(0, 2).map((parent) => ({
    ...{ id: parent.id, kind: 'guardian', type: child?.type, number: child?.number, at: 0 },
    ...{ guardianType: parent.type, guardianNumber: parent.number },
  }));
  const by = 'command-line' as const;
  await importFacts(await factsFile(source, 'b', lines), { ...at, now: at.clock.wall(), by });
}

const oneMore = async (whose: string, shownBy: Browser) => {
  const other = await citizen(at, whose);
  const { code } = (await other.post('/api/relatives/consent')).body;
  return (await shownBy.post('/api/relatives', { consent: code })).status;
};

describe('declaring', () => {
  it('three declarations a day, of which the last counts; the fourth waits for the next day in China', async () => {
    const browser = await citizen(at, 'hong-kong');
    expect((await browser.declare({ symptoms: ['fever'] })).body).toEqual({ left: 2 });
    expect((await browser.live()).body.state).toBe('o');
    await browser.declare({ contact: true });
    expect((await browser.declare()).body).toEqual({ left: 0 });
    expect((await browser.live()).body.state).toBe('g');
    const fourth = await browser.declare({ symptoms: ['fever'] });
    expect(fourth.body.code).toBe('declared-thrice');
    expect((await browser.live()).body.state).toBe('g');
    at.clock.tick(Number(fourth.headers.get('retry-after')) * 1000);
    expect((await browser.declare()).body).toEqual({ left: 2 });
  });

  it('a mistyped declaration is put right by the next one of the same day', async () => {
    const browser = await citizen(at, 'macao');
    await browser.declare({ contact: true });
    const wrong = (await browser.live()).body;
    expect(await said(at, wrong.text)).toBe('check/colour-caution');
    expect((await browser.get('/api/me')).body.because).toMatchObject([{ class: 'contact' }]);
    await browser.declare();
    expect(await said(at, (await browser.live()).body.text)).toBe('pass/admitted');
  });

  it('a declared place that is not where the phone is gives a hint and no colour', async () => {
    const browser = await citizen(at, 'card-2017');
    expect((await browser.declare({ seenAt: '130102' })).body.hint).toBe('seen-elsewhere');
    expect(await said(at, (await browser.live()).body.text)).toBe('pass/admitted');
  });
});

describe('who has a code', () => {
  it('one person has one record, whichever phone they sign in by', async () => {
    const [one, other] = [await citizen(at, 'wang'), await citizen(at, 'wang')];
    await one.declare();
    const [first, second] = [one, other].map((browser) => browser.get('/api/me'));
    expect((await first)?.body.id).toBe((await second)?.body.id);
    expect((await other.live()).body.state).toBe('g');
    const rows = await at.sql.query('select id from persons where subject = $1', [
      at.cipher.subjectOf(testPersons.find(({ id }) => id === 'wang') ?? someone(0)),
    ]);
    expect(rows).toHaveLength(1);
  });

  it('documents of Hong Kong, Macao, Taiwan and permanent residents, and passports, each give a code', async () => {
    const types = new Set(testPersons.map(({ type }) => type));
    expect(types.size).toBe(7);
    for (const type of types) {
      const browser = await citizen(at, testPersons.find((one) => one.type === type)?.id ?? '');
      await browser.declare();
      expect(await said(at, (await browser.live()).body.text)).toMatch(/^pass\/admitted$/);
    }
  });

  it('no smartphone: the desk makes a code on paper, and the guard looks at the document', async () => {
    const desk = await operator(at);
    const old = someone(900, '赵大爷', '19400101');
    const made = await desk.post('/desk/papers', { ...old, declaration: declared() });
    expect(await said(at, made.body.text)).toBe('check/paper-check-id');
  });

  it('nobody is refused for having no code: what is no code is no refusal', async () => {
    for (const text of ['https://example.org/', '13800138000', '没有手机'])
      expect(await said(at, text)).toBe('unknown/not-a-pass');
  });

  it('the guard sees a masked name and number, and the code holds nothing else of the person', async () => {
    const browser = await citizen(at, 'zhang');
    await browser.declare();
    const { text } = (await browser.live()).body;
    const { pass } = await scanned(at, text);
    expect(pass).toMatchObject({ maskedName: '张*三', maskedId: expect.stringMatching(/^12…../) });
    const { name = '', number = '' } = testPersons[0] ?? {};
    expect(JSON.stringify(pass)).not.toContain(name);
    expect(JSON.stringify(pass)).not.toContain(number.slice(4, 14));
  });
});

describe('families', () => {
  it('both parents show the same child’s code, and the guard sees that a relative shows it', async () => {
    await bothParents();
    const parents = [await citizen(at, 'zhang'), await citizen(at, 'li')];
    const added = [];
    for (const parent of parents)
      added.push((await parent.post('/api/relatives', { child: testChildren[0] })).body.id);
    const [relative] = added;
    expect(added).toEqual([relative, relative]);
    await parents[0]?.declare({}, relative);
    for (const parent of parents)
      expect(await said(at, (await parent.live({ relative })).body.text)).toBe(
        'check/relative-held',
      );
  });

  it('one phone shows three relatives and no fourth', async () => {
    const browser = await citizen(at, 'resident');
    const tried = [];
    for (const whose of ['hong-kong', 'macao', 'taiwan', 'passport'])
      tried.push(await oneMore(whose, browser));
    expect(tried).toEqual([201, 201, 201, 409]);
  });
});

describe('when something is wrong', () => {
  it('a wrong colour is appealed against, the fact is taken back, and the next code is green', async () => {
    const browser = await citizen(at, 'orange');
    await browser.declare();
    const fact = await told(at, 'orange', 'contact');
    expect(await said(at, (await browser.live()).body.text)).toBe('check/colour-caution');
    await browser.post('/api/appeals', { class: 'contact', text: '我没有去过那里' });
    const desk = await operator(at);
    const [appeal] = (await desk.get('/desk/appeals')).body.appeals;
    const answer = { outcome: 'upheld', answer: '已更正', withdraws: [fact] };
    await desk.post(`/desk/appeals/${appeal.id}`, answer);
    expect(await said(at, (await browser.live()).body.text)).toBe('pass/admitted');
  });

  it('a refused person is told why by a class, and whom to call: 88908890 in Tianjin', async () => {
    const browser = await citizen(at, 'red');
    await browser.declare();
    await told(at, 'red', 'order', { until: toSeconds(at.clock.wall()) + 86_400 });
    const { text } = (await browser.live()).body;
    const { reason, pass } = await scanned(at, text);
    expect({ reason, hotline: pass?.hotline }).toEqual({
      reason: 'colour-stop',
      hotline: '88908890',
    });
    const me = (await browser.get('/api/me')).body;
    expect(me.issuer.hotline).toBe('88908890');
    expect(me.because).toMatchObject([{ class: 'order', until: expect.any(Number) }]);
  });

  it('and 12345 in Hebei', async () => {
    const hebei = await testAuthority({ issuer: 'CN-HE' });
    const browser = await citizen(hebei, 'zhang');
    await browser.declare();
    const { pass } = await scanned(hebei, (await browser.live()).body.text);
    expect(pass?.hotline).toBe('12345');
    await hebei.close();
  });
});

// last: two weeks on, the trust files of the tests above are over
describe('looking back', () => {
  it('what was declared in the last 14 days can be looked back on, and no more', async () => {
    const browser = await citizen(at, 'taiwan');
    await browser.declare({ address: '一号' });
    at.clock.tick(13 * dayMs);
    const again = await citizen(at, 'taiwan');
    await again.declare({ address: '二号' });
    const addresses = async () =>
      (await again.get('/api/declarations')).body.declarations.map(
        ({ address }: { address: string }) => address,
      );
    expect((await addresses()).slice(0, 2)).toEqual(['二号', '一号']);
    at.clock.tick(dayMs);
    expect(await addresses()).toEqual(['二号']);
  });
});
