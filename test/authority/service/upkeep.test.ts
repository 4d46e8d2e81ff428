import { afterAll, beforeAll, expect, it } from 'vitest';
import { importFacts } from '../../../src/authority/facts/import-facts.ts';
import { signerOf } from '../../../src/authority/keys.ts';
import { keepUp, lookAfter } from '../../../src/authority/upkeep.ts';
import { toSeconds } from '../../../src/core/units.ts';
import { demoKeys } from '../../../src/demo/demo-keys.ts';
import { testPersons } from '../../../src/demo/test-persons.ts';
import { fileAuthority } from '../../../src/hub/publish/published-folder.ts';
import { factsFile, testSource } from '../../support/authority/people.ts';
import { said } from '../../support/authority/scanner.ts';
import {
  citizen,
  type TestAuthority,
  testAuthority,
} from '../../support/authority/test-authority.ts';

let at: TestAuthority;
beforeAll(async () => {
  at = await testAuthority();
});
afterAll(() => at.close());

const log = { info() {}, warn() {}, error() {} };
async function needs(doubt: string | undefined = undefined) {
  const { sql, seat, folder, clock } = at;
  const bundleSigners = await Promise.all(demoKeys().bundle.map(signerOf));
  const publishing = { sql, seat, folder, bundleSigners };
  return { sql, log, now: clock.wall, doubt: () => doubt, publishing };
}

async function order(id: string, until: number): Promise<void> {
  const source = await testSource(at.sql, `order-${id}`, ['order']);
  const { type = '', number = '' } = testPersons[0] ?? {};
  const line = { id, kind: 'order', type, number, at: until - 60, until };
  const now = at.clock.wall();
  await importFacts(await factsFile(source, 'b', [line]), { ...at, now, by: 'command-line' });
}

it('what is urgent is public within a minute, and an end that comes by itself is seen', async () => {
  const browser = await citizen(at, 'zhang');
  await browser.declare();
  await lookAfter(await needs()); // the day's list
  const { text } = (await browser.live()).body;
  expect(await said(at, text)).toBe('pass/admitted');
  const until = toSeconds(at.clock.wall()) + 120;
  await order('1', until);
  expect(await said(at, text)).toBe('pass/admitted');
  const worsenedAt = at.clock.wall();
  while ((await said(at, text)) !== 'stop/revoked') {
    at.clock.tick(5000);
    await lookAfter(await needs());
    expect(at.clock.wall() - worsenedAt).toBeLessThan(60_000);
  }
  expect((await browser.live()).body.state).toBe('r');
  at.clock.tick(120_000);
  expect(await lookAfter(await needs())).toMatchObject({ better: 1 });
  expect((await browser.live()).body.state).toBe('g');
});

it('a clock in doubt publishes nothing', async () => {
  const version = at.seat.published()?.bundle.version;
  at.clock.tick(86_400_000);
  await lookAfter(await needs('ahead'));
  expect(at.seat.published()?.bundle.version).toBe(version);
  await lookAfter(await needs());
  expect(at.seat.published()?.bundle.version).toBe((version ?? 0) + 1);
});

it('the hub takes what is published from the same folder, without a start', async () => {
  const { receipt, time } = demoKeys();
  const hub = await fileAuthority(at.folder, { receipt, time });
  const browser = await citizen(at, 'li');
  await browser.declare({ symptoms: ['fever'] });
  at.clock.tick(3_600_000);
  await lookAfter(await needs());
  const now = toSeconds(at.clock.wall());
  expect(Buffer.from(await hub.bundle(now))).toEqual(Buffer.from(at.seat.published()?.bytes ?? []));
  const pin = at.seat.issuer()?.list;
  expect(await hub.list('CN-TJ', pin?.day ?? '')).toHaveLength(pin?.length ?? 0);
  expect(await hub.delta('CN-TJ')).toHaveLength(pin?.delta?.length ?? 0);
});

it('looks by itself until it is stopped, and goes on after a failure', async () => {
  let looks = 0;
  const broken = { ...at.sql, transaction: () => Promise.reject(new Error('gone')) };
  const failing: typeof at.sql = {
    ...broken,
    query: (...args) => at.sql.query(...args),
  };
  const upkeep = keepUp({
    ...(await needs()),
    sql: failing,
    everyMs: 1,
    log: { ...log, error: () => void looks++ },
  });
  await expect.poll(() => looks).toBeGreaterThan(2);
  upkeep.nudge();
  await upkeep.stop();
  const before = looks;
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(looks).toBe(before);
});
