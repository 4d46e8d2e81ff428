import { expect, test } from 'vitest';
import { parseBundle } from '../../src/core/trust/bundle.ts';
import { demoKeys } from '../../src/demo/demo-keys.ts';
import { demoPass } from '../../src/demo/demo-pass.ts';
import { enReasons } from '../../src/words/log/en/reasons.ts';
import { zhCnReasons } from '../../src/words/log/zh-CN/reasons.ts';
import { zhTwReasons } from '../../src/words/log/zh-TW/reasons.ts';
import { at, said } from '../support/passes.ts';
import { demoFiles, payloadOf } from '../support/trust-sets.ts';

async function bundleInForce() {
  const bundle = parseBundle(payloadOf((await demoFiles()).bundle));
  if (!bundle.ok) throw new Error(bundle.error);
  return bundle.value;
}

test('a refused person is sent to the hotline of the own city: Tianjin 88908890, Hebei 12345', async () => {
  const { issuers } = await bundleInForce();
  const hotline = (id: string) => issuers.find((issuer) => issuer.id === id)?.hotline;
  expect([hotline('CN-TJ'), hotline('CN-HE')]).toEqual(['88908890', '12345']);
});

test.each(['CN-OLD', 'CN-BD'])(
  'the self-made code of %s ended on 1 May 2020: a genuine one is stopped as retired',
  async (issuer) => {
    const { issuers } = await bundleInForce();
    expect(issuers.find(({ id }) => id === issuer)).toMatchObject({
      state: 'retired',
      retiredOn: '2020-05-01',
    });
    const asked = { issuer, state: 'g', kind: 'live', form: 'cwt', at } as const;
    const made = await demoPass(demoKeys(), { ...asked, jti: new Uint8Array(12) });
    if (!made.ok) throw new Error(made.error);
    expect(await said(made.value.text)).toBe('stop/issuer-retired');
  },
);

test('who shows a retired code is told which code to show instead, in every language', () => {
  const next = 'reason.issuer-retired.next';
  expect(zhCnReasons[next]).toMatch(/出示.*省级.*国家/);
  expect(zhTwReasons[next]).toMatch(/出示.*省級.*國家/);
  expect(enReasons[next]).toMatch(/provincial.*national/);
});

test("the districts are those of Tianjin's first risk list: seven medium, nine low, none twice", async () => {
  const { districts = [] } = await bundleInForce();
  const named = (risk: string) =>
    districts.filter((one) => one.risk === risk).map((one) => one.name['zh-CN'].replace(/区$/, ''));
  expect(named('medium').sort()).toEqual(
    ['和平', '河北', '河东', '河西', '南开', '红桥', '宝坻'].sort(),
  );
  expect(named('low').sort()).toEqual(
    ['滨海新', '东丽', '西青', '津南', '北辰', '武清', '静海', '宁河', '蓟州'].sort(),
  );
  expect(new Set(districts.map(({ code }) => code)).size).toBe(16);
  expect(new Set(districts.map(({ since }) => since))).toEqual(new Set(['2020-03-07']));
  const codeOf = (name: string) => districts.find((one) => one.name['zh-CN'] === name)?.code;
  expect(['和平区', '河北区', '滨海新区', '蓟州区'].map(codeOf)).toEqual([
    '120101',
    '120105',
    '120116',
    '120119',
  ]);
});
