import { expect, test } from 'vitest';
import {
  at,
  b64,
  cwt,
  demoView,
  good,
  jwt,
  offline,
  paper,
  randomBytes,
  show,
  signer,
} from '../../support/passes.ts';

test("the card gets every claim it shows, in the issuer's words", async () => {
  const jti = randomBytes(12);
  const claims = good({ iss: 'CN', jti, hc: { st: 'n', nt: ['a1', 'zz'], rh: true } });
  const by = await signer('live', 'CN');
  for (const [form, make] of [
    ['cwt', cwt],
    ['jwt', jwt],
  ] as const) {
    const { pass } = await show(await make({ claims, by }), { ageS: 7 });
    expect(pass).toMatchObject({
      kind: 'live',
      form,
      issuer: 'CN',
      issuerName: { en: 'National Health Information Code' },
      hotline: '12345',
      jti: b64(jti),
      state: 'n',
      level: 'clear',
      colour: 'none',
      stateLabel: { 'zh-CN': '未见异常' },
      maskedName: '张*三',
      maskedId: '12…2X',
      relativeHeld: true,
      notices: [
        { code: 'a1', label: { en: 'In a medium-risk area within 14 days' } },
        { code: 'zz' },
      ],
      iat: at,
      exp: at + 60,
      ageS: 7,
    });
  }
});

test('what the issuer did not say is not there', async () => {
  const { pass } = await show(
    await cwt({ claims: good({ hc: { nm: undefined, mi: undefined, st: 'zz' } }) }),
  );
  for (const name of ['maskedName', 'maskedId', 'level', 'colour', 'stateLabel']) {
    expect(pass).not.toHaveProperty(name);
  }
  expect(pass).toMatchObject({ relativeHeld: false, notices: [] });
});

test('an issuer without a hotline has none', async () => {
  const view = await demoView();
  const issuer = (id: string) => {
    const { hotline: _, ...entry } = view.issuer(id) ?? never();
    return entry;
  };
  const { pass } = await show(await cwt(), { trust: { ...view, issuer } });
  expect(pass).not.toHaveProperty('hotline');
});

function never(): never {
  throw new Error('no such issuer');
}

test('an offline code is as old as its stamp, paper as old as its print', async () => {
  const stamped = await offline({ stamp: { claims: { iat: at + 100, jti: randomBytes(12) } } });
  const credential = await show(stamped, { ageS: 104 });
  expect(credential.pass).toMatchObject({
    kind: 'credential',
    form: 'cwt',
    iat: at + 100,
    ageS: 4,
  });
  expect(credential.pass?.exp).toBe(at + 24 * 3600);
  const printed = await show(await paper(), { ageS: 3600 });
  expect(printed.pass).toMatchObject({ kind: 'paper', iat: at, ageS: 3600 });
});

test('a verdict says how old the list was that it looked into', async () => {
  expect((await show(await cwt(), { ageS: 9 })).listAgeS).toBe(9);
});
