import { Secret, TOTP } from 'otpauth';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mostTries } from '../../../src/hub/operators/tries.ts';
import { listActs } from '../../../src/node/store/act-log.ts';
import { ConsoleClient, goodPassword, invited, joined } from '../../support/console-client.ts';
import { databases } from '../../support/databases.ts';
import { type TestHub, testHub } from '../../support/test-hub.ts';

const codeAt = (secret: string, at: number) =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: at });

describe.each(databases)('signing in to the console on $name', ({ open }) => {
  let hub: TestHub;
  beforeAll(async () => {
    hub = await testHub(await open());
  });
  afterAll(() => hub.sql.close());

  it('makes an account of an invitation, once, and signs in by name and password', async () => {
    const token = await invited(hub, '王芳', 'supervisor', ['site:east', 'region:CN-TJ']);
    const client = new ConsoleClient(hub);
    expect((await client.post('/invitation', { token })).body).toMatchObject({
      ...{ name: '王芳', role: 'supervisor', areas: ['site:east', 'region:CN-TJ'] },
      passkeys: true,
    });
    const came = await client.post('/invitation/take', { token, password: goodPassword });
    expect([came.status, came.body]).toMatchObject([
      201,
      { name: '王芳', role: 'supervisor', areas: ['site:east', 'region:CN-TJ'] },
    ]);
    expect((await client.get('/session')).body).toMatchObject({ name: '王芳' });
    const again = await new ConsoleClient(hub).post('/invitation/take', {
      token,
      password: goodPassword,
    });
    expect([again.status, again.body.code]).toEqual([409, 'invitation-used']);
    expect((await new ConsoleClient(hub).signIn('王芳')).status).toBe(201);
    expect(JSON.stringify(await hub.sql.query('select * from operator_invitations'))).not.toContain(
      token,
    );
  });

  it('takes an invitation for 24 hours, and only the newest for a name', async () => {
    const client = new ConsoleClient(hub);
    const first = await invited(hub, 'late');
    const second = await invited(hub, 'late');
    expect((await client.post('/invitation', { token: first })).body.code).toBe(
      'invitation-expired',
    );
    hub.clock.tick(24 * 3_600_000);
    const take = await client.post('/invitation/take', { token: second, password: goodPassword });
    expect([take.status, take.body.code]).toEqual([410, 'invitation-expired']);
    const made = await client.post('/invitation', { token: 'A'.repeat(43) });
    expect([made.status, made.body.code]).toEqual([404, 'invitation-unknown']);
  });

  it('gives one invitation to only one of two who take it at the same time', async () => {
    const token = await invited(hub, 'twice');
    const take = () =>
      new ConsoleClient(hub).post('/invitation/take', { token, password: goodPassword });
    const came = await Promise.all([take(), take(), take()]);
    expect(came.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
  });

  it.each([
    ['short', 'eleven char'],
    ['of one letter', 'aaaaaaaaaaaaaaaa'],
    ['the name and more', 'Weakling-2026!'],
  ])('refuses a password that is %s, and the invitation stays good', async (_, password) => {
    const token = await invited(hub, 'weakling');
    const client = new ConsoleClient(hub);
    const came = await client.post('/invitation/take', { token, password });
    expect([came.status, came.body.code]).toEqual([422, 'weak-password']);
    expect((await client.post('/invitation', { token })).status).toBe(200);
  });

  it('says the same of a wrong account, a wrong password, and an account that is switched off', async () => {
    await joined(hub, 'known');
    await joined(hub, 'off', 'auditor');
    await hub.sql.query(`update operators set disabled_at = 1 where name = 'off'`);
    const came = await Promise.all([
      new ConsoleClient(hub).signIn('nobody'),
      new ConsoleClient(hub).signIn('known', 'not the password'),
      new ConsoleClient(hub).signIn('off'),
    ]);
    for (const { status, body } of came) expect([status, body]).toEqual([401, came[0]?.body]);
    expect(came[0]?.body.code).toBe('sign-in-failed');
  });

  it('works as long for a name that nobody has', async () => {
    const slow = await testHub(hub.sql, { clock: hub.clock, passwordCost: 15 });
    await joined(slow, 'slow');
    const took = async (name: string) => {
      const from = performance.now();
      await new ConsoleClient(slow).signIn(name, 'not the password');
      return performance.now() - from;
    };
    const [there, nowhere] = [await took('slow'), await took('nobody at all')];
    expect(nowhere).toBeGreaterThan(there / 3);
  });

  it('lets nobody try for ever: by account, on every hub of the database', async () => {
    await joined(hub, 'tried');
    const other = await testHub(hub.sql, { clock: hub.clock });
    for (let i = 0; i < mostTries.account; i++) {
      const client = new ConsoleClient(i % 2 ? hub : other);
      expect((await client.signIn('Tried', 'wrong password')).status).toBe(401);
    }
    const came = await new ConsoleClient(hub).signIn('tried');
    expect([came.status, came.body.code]).toEqual([429, 'too-many']);
    expect(Number(came.headers.get('retry-after'))).toBeGreaterThan(800);
    hub.clock.tick(15 * 60_000);
    expect((await new ConsoleClient(hub).signIn('tried')).status).toBe(201);
  });

  it('does not let many tries at once slip through', async () => {
    await joined(hub, 'storm');
    const tries = Array.from({ length: mostTries.account + 6 }, () =>
      new ConsoleClient(hub).signIn('storm', 'wrong password'),
    );
    const statuses = (await Promise.all(tries)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 401)).toHaveLength(mostTries.account);
  });

  it('asks for the second factor only of who knows the password, and takes each code once', async () => {
    const client = await joined(hub, 'careful');
    const { body: offer } = await client.post('/me/totp-offer');
    expect(offer.uri).toMatch(/^otpauth:\/\/totp\/Kakou:careful\?/);
    const now = () => hub.clock.wall();
    const wrong = await client.post('/me/totp', {
      secret: offer.secret,
      code: '000000',
      password: goodPassword,
    });
    expect(wrong.body.code).toBe('bad-code');
    const stranger = {
      secret: offer.secret,
      code: codeAt(offer.secret, now()),
      password: 'somebody else',
    };
    expect((await client.post('/me/totp', stranger)).body.code).toBe('sign-in-failed');
    expect((await client.post('/me/totp', { ...stranger, password: goodPassword })).status).toBe(
      200,
    );

    const asked = await new ConsoleClient(hub).signIn('careful');
    expect([asked.status, asked.body.code]).toEqual([401, 'second-factor-needed']);
    const guess = await new ConsoleClient(hub).signIn('careful', 'wrong password');
    expect(guess.body.code).toBe('sign-in-failed');
    hub.clock.tick(60_000);
    const code = codeAt(offer.secret, now());
    expect((await new ConsoleClient(hub).signIn('careful', goodPassword, code)).status).toBe(201);
    const again = await new ConsoleClient(hub).signIn('careful', goodPassword, code);
    expect(again.body.code).toBe('sign-in-failed');
  });

  it('lets nobody who knows the password guess codes for ever, by asking without one in between', async () => {
    const client = await joined(hub, 'guessed');
    const { body: offer } = await client.post('/me/totp-offer');
    const now = hub.clock.wall();
    const on = { secret: offer.secret, code: codeAt(offer.secret, now), password: goodPassword };
    expect((await client.post('/me/totp', on)).status).toBe(200);
    const wrong = ['111111', '222222', '333333'].find(
      (code) => ![-1, 0, 1].some((step) => codeAt(offer.secret, now + step * 30_000) === code),
    );
    const statuses: number[] = [];
    for (let i = 0; i < mostTries.account + 3; i++) {
      await new ConsoleClient(hub).signIn('guessed');
      statuses.push((await new ConsoleClient(hub).signIn('guessed', goodPassword, wrong)).status);
    }
    expect(statuses.filter((status) => status === 401)).toHaveLength(mostTries.account);
    expect(statuses.at(-1)).toBe(429);
  });

  it('gives a code to only one of two who bring it at the same time', async () => {
    const client = await joined(hub, 'raced');
    const { body: offer } = await client.post('/me/totp-offer');
    const on = {
      secret: offer.secret,
      code: codeAt(offer.secret, hub.clock.wall()),
      password: goodPassword,
    };
    expect((await client.post('/me/totp', on)).status).toBe(200);
    hub.clock.tick(60_000);
    const code = codeAt(offer.secret, hub.clock.wall());
    const came = await Promise.all(
      [1, 2, 3].map(() => new ConsoleClient(hub).signIn('raced', goodPassword, code)),
    );
    expect(came.map(({ status }) => status).sort()).toEqual([201, 401, 401]);
  });

  it('writes who came in and who was refused, and of a name that is no account’s nothing', async () => {
    const acts = await listActs(hub.sql, { limit: 500 });
    const said = JSON.stringify(acts);
    expect(new Set(acts.map(({ act }) => act))).toEqual(
      new Set(['operator-invited', 'operator-joined', 'signed-in', 'sign-in-refused', 'totp-on']),
    );
    expect(said).not.toContain('nobody at all');
    for (const secret of [goodPassword, 'wrong password']) expect(said).not.toContain(secret);
    expect(hub.lines.join('\n')).not.toMatch(/careful|王芳|gate in the rain/);
  });

  it('keeps no password, token or code as it was typed', async () => {
    const tables = ['operators', 'operator_sessions', 'sign_in_tries', 'operator_log'];
    const rows = await Promise.all(tables.map((table) => hub.sql.query(`select * from ${table}`)));
    expect(JSON.stringify(rows)).not.toContain(goodPassword);
  });
});
