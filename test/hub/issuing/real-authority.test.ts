import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bearerOf } from '../../../src/authority/codes/bearer.ts';
import { columnCipher } from '../../../src/authority/privacy/column-cipher.ts';
import { newSecrets } from '../../../src/authority/privacy/secrets.ts';
import { publishList } from '../../../src/authority/publishing/publish-list.ts';
import { takeListOver } from '../../../src/authority/publishing/take-over.ts';
import { recompute, settleSome } from '../../../src/authority/standing/recompute.ts';
import { putRulesInForce } from '../../../src/authority/standing/use-rules.ts';
import { type OpenedSeat, openRealSeat } from '../../../src/authority/start/real-seat.ts';
import { addDeclaration } from '../../../src/authority/store/declarations.ts';
import { revokeOf, takeIndex } from '../../../src/authority/store/indices.ts';
import { takePerson } from '../../../src/authority/store/persons.ts';
import type { RuleSet } from '../../../src/core/health/colour-rules.ts';
import { epochMillis, epochSeconds, toSeconds } from '../../../src/core/units.ts';
import type { Sql } from '../../../src/node/database.ts';
import { openAuthority } from '../../support/authority/databases.ts';
import { declared, someone } from '../../support/authority/people.ts';
import { prepareData } from '../../support/built-hub.ts';
import { type Ceremony, ceremony, trustPhone } from '../../support/ceremony.ts';
import { type HubProgram, listening, startProgram } from '../../support/hub-program.ts';
import { randomBytes } from '../../support/passes.ts';

const now = () => epochMillis(Date.now());
const cipher = columnCipher(newSecrets(randomBytes), randomBytes);
const needs = () => ({ cipher, random: randomBytes, now: now() });
let keys: Ceremony;
let folder: string;
let hub: HubProgram;
let url: string;
let sql: Sql;
let opened: OpenedSeat;

beforeAll(async () => {
  keys = await ceremony(Math.floor(Date.now() / 1000) - 60);
  for (const line of ['init --issuers CN-TJ', 'publish-list --issuer CN-TJ', 'publish'])
    await keys.done(line);
  folder = mkdtempSync(join(tmpdir(), 'kakou-real-'));
  await prepareData(folder);
  const own = (name: string) => join(keys.dir, 'private', `${name}.json`);
  const place = ['--trust', join(keys.dir, 'public'), '--hub-keys', own('hub')];
  hub = startProgram([...place, '--no-app', '--port', '0', '--data', folder]);
  url = `http://127.0.0.1:${await listening(hub)}`;
  sql = await openAuthority();
  opened = await openRealSeat({
    ...{ trust: join(keys.dir, 'public'), issuer: 'CN-TJ', keys: own('CN-TJ') },
    bundleKeys: [own('bundle-1')],
  });
  await takeListOver(sql, opened.seat, opened.folder, now());
});
afterAll(async () => {
  hub.child.kill('SIGTERM');
  await hub.ended;
  await sql.close();
  await keys.close();
  rmSync(folder, { recursive: true, force: true });
});

const bundleAtHub = async () => Buffer.from(await (await fetch(`${url}/v1/bundle`)).arrayBuffer());

it('what a real authority’s service publishes is what its hub serves, at once and without a start', async () => {
  const before = await bundleAtHub();
  const person = await sql.transaction((tx) => takePerson(tx, someone(1), needs()));
  const expiresAt = epochSeconds(toSeconds(now()) + 86_400);
  const index = await takeIndex(
    ...([
      sql,
      { person, kind: 'credential', state: 'g', expiresAt },
      4096,
      randomBytes,
      now(),
    ] as const),
  );
  await revokeOf(sql, [person], { urgent: true, now: now() });
  if (!opened.publishing) throw new Error('no bundle keys');
  await publishList({ ...opened.publishing, sql }, now());
  const after = await bundleAtHub();
  expect(after).not.toEqual(before);
  expect(after).toEqual(readFileSync(join(keys.dir, 'public', 'v1', 'bundle')));
  const pin = opened.seat.issuer()?.list;
  expect((await fetch(`${url}${pin?.uri}`)).status).toBe(200);
  const phone = trustPhone(keys);
  keys.pass(toSeconds(now()) - keys.now());
  expect(await phone.refresh()).toBe('accepted');
  expect(phone.status('CN-TJ', index ?? -1)).toBe('invalid');
  await keys.done('publish'); // the ceremony goes on, and keeps the service's list
  expect(await phone.refresh()).toBe('accepted');
  expect(phone.status('CN-TJ', index ?? -1)).toBe('invalid');
});

it('a real authority’s first rules are its own: until it has brought some nobody has a code', async () => {
  const person = await sql.transaction(async (tx) => {
    const id = await takePerson(tx, someone(2), needs());
    await addDeclaration(tx, id, declared(), needs());
    await recompute(tx, [id], now());
    return id;
  });
  expect(await bearerOf(sql, person, cipher)).toBe('state-unknown');
  const own: RuleSet = {
    ...{ format: 'kakou-rules-1', issuer: 'CN-TJ', states: ['g', 'o', 'r'] },
    rules: [],
  };
  await putRulesInForce(own, { sql, now: now(), by: 'command-line' });
  expect(await settleSome(sql, now())).toMatchObject({ persons: 2 });
  expect(await bearerOf(sql, person, cipher)).toMatchObject({ state: 'g' });
});
