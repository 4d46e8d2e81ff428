import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Authority } from '../../../src/authority/publisher.ts';
import { epochMillis, epochSeconds } from '../../../src/core/units.ts';
import { demoAuthority } from '../../../src/demo/demo-authority.ts';
import { readHubKeys } from '../../../src/hub/publish/hub-keys.ts';
import { fileAuthority } from '../../../src/hub/publish/published-folder.ts';
import { claimDatabase, refuseStrayDemo } from '../../../src/hub/start/claim-database.ts';
import { type Options, readOptions } from '../../../src/hub/start/options.ts';
import { listDevices } from '../../../src/hub/store/devices.ts';
import type { Sql } from '../../../src/node/database.ts';
import { prepareData } from '../../support/built-hub.ts';
import { type Ceremony, ceremony } from '../../support/ceremony.ts';
import { openEmbedded } from '../../support/embedded.ts';
import { listening, startProgram } from '../../support/hub-program.ts';
import { enrolled, testHub } from '../../support/test-hub.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });
const now = epochMillis(Date.now());
const options = (...args: string[]): Options => readOptions(args, {});

let sql: Sql;
let operator: Ceremony;
let real: Authority;
let demo: Authority;
beforeAll(async () => {
  operator = await ceremony(Math.floor(Date.now() / 1000));
  for (const line of ['init --issuers CN-TJ', 'publish-list --issuer CN-TJ', 'publish'])
    await operator.done(line);
  const keys = readHubKeys(join(operator.dir, 'private', 'hub.json'));
  real = await fileAuthority(join(operator.dir, 'public'), keys);
  demo = await demoAuthority({ now: () => epochSeconds(Math.floor(now / 1000)) });
});
afterAll(() => operator.close());
beforeEach(async () => {
  sql = await openEmbedded();
});
afterEach(() => sql.close());

describe('a database', () => {
  it('is its first authority’s for good: what enrolled at a demo hub is not trusted by a real one', async () => {
    await claimDatabase(demo, sql, now);
    await enrolled(await testHub(sql));
    await claimDatabase(demo, sql, now);
    await expect(claimDatabase(real, sql, now)).rejects.toMatchObject({
      exitCode: 1,
      message: expect.stringMatching(/demo hub \(other-root\).*Use another database/s),
    });
  });

  it('of a real authority is not opened by a demo hub, nor by another authority', async () => {
    await claimDatabase(real, sql, now);
    await claimDatabase(real, sql, now);
    await expect(claimDatabase(demo, sql, now)).rejects.toThrow('another root 1) (other-root)');
    const root = new Uint8Array(real.root(1) ?? []);
    root.set([root.at(-1) === 10 ? 32 : 10], root.length - 1);
    const other = { ...real, root: () => root };
    await expect(claimDatabase(other, sql, now)).rejects.toThrow('other-root');
  });

  it('from before roots were written down loses the devices that a forgotten --trust let in', async () => {
    const device = await enrolled(await testHub(sql));
    expect(await claimDatabase(real, sql, now)).toBe(1);
    expect((await listDevices(sql)).map(({ id, revokedAt }) => [id, revokedAt])).toEqual([
      [device.id, now],
    ]);
    expect(await claimDatabase(real, sql, now)).toBe(0);
  });

  it.each(['root', 'bundle'] as const)(
    'is not opened by an authority that says it is real and has a demo key in its %s',
    async (file) => {
      const mixed: Authority = { ...real, [file]: demo[file] };
      await expect(claimDatabase(mixed, sql, now)).rejects.toThrow('(demo-key)');
    },
  );

  it('is not opened by a demo hub whose app is built on a real root', async () => {
    await expect(claimDatabase({ ...demo, root: real.root }, sql, now)).rejects.toThrow(
      '(no-demo-root)',
    );
  });
});

describe('a hub started without --trust', () => {
  const stray = (args: string[], env = {}) => refuseStrayDemo(options(...args), sql, env);
  const refused = { message: expect.stringMatching(/\(authority-missing\).*--demo/s) };

  it.each([[[]], [['--host', '127.0.0.7']], [['--host', '::1']], [['--host', 'localhost']]])(
    'is a demo for trying on this machine alone (%j), on a new database and on a demo’s',
    async (args) => {
      await stray(args);
      await claimDatabase(demo, sql, now);
      await enrolled(await testHub(sql));
      await stray(args);
    },
  );

  it.each([
    [['--lan'], {}],
    [['--host', '192.0.2.1'], {}],
    [['--host', '::'], {}],
    [['--trust-proxy'], {}],
    [[], { NODE_ENV: 'production' }],
  ])('is refused where others can reach it (%j %j), unless --demo says so', async (args, env) => {
    await expect(stray(args, env)).rejects.toMatchObject(refused);
    await stray([...args, '--demo'], env);
  });

  it('is refused on data that are not a demo’s', async () => {
    await enrolled(await testHub(sql));
    await expect(stray([])).rejects.toMatchObject(refused);
    await claimDatabase(real, sql, now);
    await expect(stray([])).rejects.toMatchObject(refused);
  });

  it('does not ask about one that has its authority', async () => {
    await stray(['--host', '0.0.0.0', '--trust', '/srv/public', '--hub-keys', '/etc/hub.json']);
  });

  it('ends as a program with one line, and starts with --demo', async () => {
    const data = join(operator.dir, 'private', 'data');
    await prepareData(data);
    const args = ['--no-app', '--port', '0', '--data', data];
    const first = startProgram([...args, '--trust-proxy']);
    expect(await first.ended).toBe(1);
    expect(first.said()).toMatch(/^kakou hub: whose hub is this\? \(authority-missing\)[^\n]+\n$/);
    const second = startProgram([...args, '--trust-proxy', '--demo']);
    await listening(second);
    expect(second.said()).toContain('DEMO');
    second.child.kill('SIGTERM');
    expect(await second.ended).toBe(0);
  });
});
