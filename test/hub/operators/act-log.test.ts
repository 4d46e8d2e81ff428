import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { epochMillis } from '../../../src/core/units.ts';
import { recordActAlone } from '../../../src/hub/operators/act-log.ts';
import { verifyActs } from '../../../src/node/store/act-log.ts';
import { databases } from '../../support/databases.ts';
import { answerOf } from '../../support/run-command.ts';
import { type TestHub, testHub } from '../../support/test-hub.ts';

const by = { operator: 'AAAAAAAAAAAAAAAAAAAAAA', name: '王芳' };

describe.each(databases)('the log of what operators did on $name', ({ open }) => {
  let hub: TestHub;
  beforeAll(async () => {
    hub = await testHub(await open());
    for (let i = 1; i <= 5; i++)
      await recordActAlone(hub.sql, {
        at: epochMillis(i),
        by,
        act: 'exported',
        facts: { rows: i },
      });
  });
  afterAll(() => hub.sql.close());

  const verify = () => answerOf(hub, 'verify-log', ['--operators']);

  it('is whole, and says how far', async () => {
    const { exitCode, facts, say } = await verify();
    expect(exitCode).toBe(0);
    expect(facts).toMatchObject({ ok: true, entries: 5 });
    expect(say.join('\n')).toMatch(/5 acts {2}whole\nhead [0-9a-f]{64}$/);
  });

  it('takes acts that come at the same time one after the other', async () => {
    const many = Array.from({ length: 8 }, (_, i) =>
      recordActAlone(hub.sql, { at: epochMillis(10 + i), by: 'command-line', act: 'forgotten' }),
    );
    await Promise.all(many);
    expect(await verifyActs(hub.sql)).toMatchObject({ entries: 13 });
    expect((await verify()).exitCode).toBe(0);
  });

  it.each([
    [
      'an act is written anew',
      `update operator_log set entry = replace(entry, '王芳', '李强') where seq = 3`,
      3,
    ],
    ['an act is taken out', 'delete from operator_log where seq = 4', 4],
    ['the first is taken out', 'delete from operator_log where seq = 1', 1],
    ['the last ones are cut off', 'delete from operator_log where seq > 11', 12],
    ['only a column is changed', `update operator_log set act = 'signed-in' where seq = 2`, 2],
    ['only whose it was', `update operator_log set operator = 'B' where seq = 5`, 5],
  ])('is found out when %s', async (_, change, at) => {
    const undo = new Error('undo');
    const found = hub.sql.transaction(async (tx) => {
      await tx.query(change);
      expect(await verifyActs(tx)).toMatchObject({ brokenAt: at });
      throw undo;
    });
    await expect(found).rejects.toBe(undo);
    expect(await verifyActs(hub.sql)).not.toHaveProperty('brokenAt');
  });

  it('ends the command with 1 when it is broken', async () => {
    await hub.sql.query('delete from operator_log where seq = 7');
    const { exitCode, facts } = await verify();
    expect([exitCode, facts]).toEqual([1, expect.objectContaining({ ok: false, brokenAt: 7 })]);
  });
});
