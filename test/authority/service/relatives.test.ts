import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importFacts } from '../../../src/authority/facts/import-facts.ts';
import { toSeconds } from '../../../src/core/units.ts';
import { testChildren, testPersons } from '../../../src/demo/test-persons.ts';
import { factsFile, someone, testSource } from '../../support/authority/people.ts';
import { scanned } from '../../support/authority/scanner.ts';
import {
  type Browser,
  citizen,
  type TestAuthority,
  testAuthority,
} from '../../support/authority/test-authority.ts';

let at: TestAuthority;
let mother: Browser;
let father: Browser;
let stranger: Browser;
const [flower, tree] = testChildren;
const numberOf = (id: string) => testPersons.find((one) => one.id === id)?.number ?? '';

/** The household register says who may show whose code. */
async function register(
  lines: readonly { id: string; child: string; guardian: string; until?: number }[],
): Promise<void> {
  const source = await testSource(at.sql, 'register', ['guardian']);
  const now = at.clock.wall();
  const told = lines.map(({ id, child, guardian, ...rest }) => ({
    ...{ id, kind: 'guardian', type: 'resident-id', number: child, at: toSeconds(now) },
    ...{ guardianType: 'resident-id', guardianNumber: guardian, ...rest },
  }));
  const file = await factsFile(source, lines.map(({ id }) => id).join('.'), told);
  const done = await importFacts(file, { ...at, now, by: 'command-line' });
  expect(done).toMatchObject({ ok: true, value: { taken: lines.length, rejected: [] } });
}

beforeAll(async () => {
  at = await testAuthority();
  await at.publish();
  [mother, father, stranger] = [
    await citizen(at, 'zhang'),
    await citizen(at, 'li'),
    await citizen(at, 'wang'),
  ];
  const child = flower?.number ?? '';
  await register([
    { id: 'm1', child, guardian: numberOf('zhang') },
    { id: 'f1', child, guardian: numberOf('li') },
    { id: 'm2', child: tree?.number ?? '', guardian: numberOf('zhang') },
  ]);
});
afterAll(() => at.close());

const addChild = (browser: Browser, child: object | undefined) =>
  browser.post('/api/relatives', { child });

describe('relatives', () => {
  it('both parents hold the same child’s code; it says that a relative shows it', async () => {
    const ids = [await addChild(mother, flower), await addChild(father, flower)].map(
      ({ body }) => body.id,
    );
    expect(ids[0]).toBe(ids[1]);
    const [relative] = ids;
    expect((await mother.live({ relative })).body.code).toBe('declare-first');
    expect((await mother.declare({}, relative)).status).toBe(201);
    for (const parent of [mother, father]) {
      const { body } = await parent.live({ relative });
      expect(body).toMatchObject({ state: 'g', name: '李*花' });
      const verdict = await scanned(at, body.text);
      expect(verdict).toMatchObject({ state: 'check', reason: 'relative-held' });
    }
    expect(
      (await father.get(`/api/declarations?relative=${relative}`)).body.declarations,
    ).toHaveLength(1);
  });

  it('another’s child, a wrong name, a number nobody has and a grown child look the same', async () => {
    const grown = someone(77, '张大三', '19990101');
    await register([{ id: 'g1', child: grown.number, guardian: numberOf('zhang') }]);
    const answers = [
      await addChild(stranger, flower),
      await addChild(mother, { ...tree, name: '李小石' }).then(async (first) => {
        // the first name told is the child's; another one afterwards is refused
        expect(first.status).toBe(201);
        return addChild(father, tree);
      }),
      await addChild(mother, { ...tree, name: '李小木' }),
      await addChild(mother, someone(78, '没有', '20180101')),
      await addChild(mother, grown),
    ];
    expect(answers.map(({ body }) => body)).toEqual(answers.map(() => answers[0]?.body));
    expect(answers[0]?.body.code).toBe('not-guardian');
    expect((await addChild(mother, { ...flower, number: '1' })).body.code).toBe('bad-document');
    expect((await stranger.live({ relative: 'AAAAAAAAAAAAAAAAAAAAAA' })).status).toBe(403);
  });

  it('an adult lets another show theirs by a code that is good once, for ten minutes', async () => {
    await stranger.declare();
    const { code } = (await stranger.post('/api/relatives/consent')).body;
    expect(code).toMatch(/^[2-9A-HJ-NP-Z]{10}$/);
    const typed = ` ${code.toLowerCase().replace(/(.{5})/, '$1-')} `;
    const added = await mother.post('/api/relatives', { consent: typed });
    expect(added.status).toBe(201);
    expect((await father.post('/api/relatives', { consent: code })).body.code).toBe(
      'consent-unknown',
    );
    expect((await mother.live({ relative: added.body.id })).body).toMatchObject({ name: '王*英' });
    const late = (await stranger.post('/api/relatives/consent')).body.code;
    at.clock.tick(10 * 60_000);
    expect((await father.post('/api/relatives', { consent: late })).body.code).toBe(
      'consent-unknown',
    );
    const own = (await stranger.post('/api/relatives/consent')).body.code;
    expect((await stranger.post('/api/relatives', { consent: own })).body.code).toBe(
      'relative-self',
    );
  });

  it('of a grown relative one sees the state, and neither why nor what was declared', async () => {
    const { relatives } = (await mother.get('/api/relatives')).body;
    const adult = relatives.find(({ kind }: { kind: string }) => kind === 'adult');
    const me = (await mother.get(`/api/me?relative=${adult.id}`)).body;
    expect(me).toMatchObject({ state: 'g' });
    expect(me).not.toHaveProperty('because');
    expect((await mother.get(`/api/declarations?relative=${adult.id}`)).status).toBe(403);
  });

  it('a fourth relative is refused, also of two at once, and spends no code', async () => {
    expect((await mother.get('/api/relatives')).body.relatives).toHaveLength(3);
    const other = await citizen(at, 'hong-kong');
    const { code } = (await other.post('/api/relatives/consent')).body;
    expect((await mother.post('/api/relatives', { consent: code })).body.code).toBe(
      'too-many-relatives',
    );
    expect((await father.post('/api/relatives', { consent: code })).status).toBe(201);
    const codes = await Promise.all(
      ['macao', 'taiwan', 'resident'].map(async (id) => {
        const one = await citizen(at, id);
        return (await one.post('/api/relatives/consent')).body.code as string;
      }),
    );
    const all = await Promise.all(
      codes.map((consent) => father.post('/api/relatives', { consent })),
    );
    expect(all.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
  });

  it('either of the two ends it', async () => {
    const { shownBy } = (await stranger.get('/api/relatives')).body;
    expect(shownBy).toMatchObject([{ kind: 'adult', name: '张*三' }]);
    expect((await stranger.delete(`/api/relatives/${shownBy[0].id}`)).status).toBe(200);
    const { relatives } = (await mother.get('/api/relatives')).body;
    expect(relatives.map(({ kind }: { kind: string }) => kind)).toEqual(['child', 'child']);
  });

  it('a child that comes of age, or whose guardian is another, is no relative any longer', async () => {
    const child = someone(79, '张小四', '20080602');
    const soon = toSeconds(at.clock.wall()) + 60;
    await register([{ id: 'a1', child: child.number, guardian: numberOf('zhang') }]);
    const { id } = (await addChild(mother, child)).body;
    await mother.declare({}, id);
    expect((await mother.live({ relative: id })).status).toBe(201);
    at.clock.tick(86_400_000); // 2 June 2026 in Shanghai: eighteen
    expect((await mother.live({ relative: id })).body.code).toBe('not-your-relative');
    const { relatives } = (await mother.get('/api/relatives')).body;
    expect(relatives.map((one: { id: string }) => one.id)).not.toContain(id);
    const infant = someone(80, '张小五', '20200101');
    await register([
      { id: 'a2', child: infant.number, guardian: numberOf('wang'), until: soon + 86_400 },
    ]);
    const own = (await addChild(stranger, infant)).body.id;
    await stranger.declare({}, own);
    expect((await stranger.live({ relative: own })).status).toBe(201);
    at.clock.tick(120_000);
    expect((await stranger.live({ relative: own })).body.code).toBe('not-your-relative');
  });

  it('who tries one document after the other is stopped for a day', async () => {
    let last = 422;
    for (let i = 0; i < 12 && last === 422; i++)
      last = (await addChild(stranger, someone(200 + i, '谁', '20190101'))).status;
    expect(last).toBe(429);
  });
});
