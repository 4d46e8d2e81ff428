import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { publicHalf } from '../../../src/authority/keys.ts';
import { openDeskPass } from '../../../src/core/health/desk-pass.ts';
import { toSeconds } from '../../../src/core/units.ts';
import { demoKeys } from '../../../src/demo/demo-keys.ts';
import { ConsoleClient, joined } from '../../support/console-client.ts';
import { openEmbedded } from '../../support/embedded.ts';
import { type TestHub, testHub } from '../../support/test-hub.ts';

const keys = [publicHalf(demoKeys().receipt)];

describe('a pass for the issuing side', () => {
  let hub: TestHub;
  let desk: ConsoleClient;
  let doubt: string | undefined;
  beforeAll(async () => {
    const signing = { doubt: () => doubt };
    hub = await testHub(await openEmbedded(), { issuing: 'CN-TJ', signing });
    desk = await joined(hub, 'one at the desk', 'desk');
  });
  afterAll(() => hub.sql.close());

  const opened = (pass: string, aud = 'CN-TJ') =>
    openDeskPass(pass, { keys, aud, now: toSeconds(hub.clock.wall()) });

  it('is the hub’s word on who is signed in, for a minute, for that issuer alone', async () => {
    const { status, body, headers } = await desk.post('/desk-pass');
    expect([status, headers.get('cache-control')]).toEqual([201, 'no-store']);
    const self = (await desk.get('/session')).body;
    expect(await opened(body.pass)).toMatchObject({
      ...{ operator: self.id, name: 'one at the desk', role: 'desk', aud: 'CN-TJ' },
    });
    expect(await opened(body.pass, 'CN-HE')).toBeUndefined();
    const other = (await desk.post('/desk-pass')).body.pass;
    expect((await opened(other))?.jti).not.toBe((await opened(body.pass))?.jti);
    hub.clock.tick(91_000);
    expect(await opened(body.pass)).toBeUndefined();
  });

  it('is an act, once a session of the console’s; a supervisor has none, nobody who is signed out has', async () => {
    const admin = await joined(hub, 'an admin', 'admin');
    const { acts } = (await admin.get('/acts')).body;
    const entered = acts.filter((one: { act: string }) => one.act === 'desk-entered');
    expect(entered).toMatchObject([
      { by: { name: 'one at the desk' }, facts: { issuer: 'CN-TJ', role: 'desk' } },
    ]);
    const again = new ConsoleClient(hub, (await joined(hub, 'another', 'desk')).cookie);
    for (let n = 0; n < 2; n++) expect((await again.post('/desk-pass')).status).toBe(201);
    const later = (await admin.get('/acts')).body.acts;
    expect(later.filter((one: { act: string }) => one.act === 'desk-entered')).toHaveLength(2);
    const supervisor = await joined(hub, 'a supervisor', 'supervisor');
    expect((await supervisor.post('/desk-pass')).body.code).toBe('not-allowed');
    expect((await new ConsoleClient(hub).post('/desk-pass')).status).toBe(401);
  });

  it('is not signed by a clock in doubt, nor over and over', async () => {
    doubt = 'behind';
    expect((await desk.post('/desk-pass')).body.code).toBe('clock-doubtful');
    doubt = undefined;
    let came = await desk.post('/desk-pass');
    for (let n = 0; n < 30 && came.status === 201; n++) came = await desk.post('/desk-pass');
    expect(came.body.code).toBe('too-many');
    hub.clock.tick(1000 * Number(came.headers.get('retry-after')));
    expect((await desk.post('/desk-pass')).status).toBe(201);
  });

  it('is not to be had where no issuing side is set up; a page is told before anybody signs in', async () => {
    const bare = await testHub(hub.sql, { clock: hub.clock });
    const there = new ConsoleClient(bare, desk.cookie);
    expect((await there.post('/desk-pass')).body.code).toBe('no-issuing');
    expect((await there.get('/ways-in')).body.issuing).toBe(false);
    expect((await desk.get('/ways-in')).body.issuing).toBe(true);
  });
});
