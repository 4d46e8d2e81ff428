import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { putRisks } from '../../src/authority/standing/use-rules.ts';
import type { Venue } from '../../src/core/trust/venue-rule.ts';
import type { GateFacts } from '../../src/core/verify/venue-rules.ts';
import { demoDistricts } from '../../src/demo/demo-districts.ts';
import { said } from '../support/authority/scanner.ts';
import { citizen, type TestAuthority, testAuthority } from '../support/authority/test-authority.ts';
import { told } from '../support/authority/told.ts';

const dayMs = 86_400_000;
let tianjin: TestAuthority;
let hebei: TestAuthority;
let national: TestAuthority;
beforeAll(async () => {
  [tianjin, hebei, national] = [
    await testAuthority(),
    await testAuthority({ issuer: 'CN-HE' }),
    await testAuthority({ issuer: 'CN' }),
  ];
});
afterAll(async () => {
  for (const one of [tianjin, hebei, national]) await one.close();
});

const gate = (venue: Venue, over: Partial<GateFacts> = {}): GateFacts => ({
  ...{ id: 'gate', venue, region: 'CN-TJ', measuredBefore: true as const },
  ...over,
});
/** What is asked of each person, who was not measured before. */
const unmeasured = (venue: Venue, over: Partial<GateFacts> = {}): GateFacts => {
  const { measuredBefore: _, ...facts } = gate(venue, over);
  return facts;
};

/** Signs in, declares, and shows a live code. */
async function shows(at: TestAuthority, person: string, declaring: object = {}): Promise<string> {
  const browser = await citizen(at, person);
  await browser.declare(declaring);
  return (await browser.live()).body.text;
}

describe('what the colours mean', () => {
  it('a green code passes with a normal temperature, is half without one, and a fever stops it', async () => {
    const text = await shows(tianjin, 'zhang');
    for (const venue of ['residential', 'workplace', 'transit', 'station', 'school'] as const) {
      const scan = { gate: unmeasured(venue) };
      expect(await said(tianjin, text, scan)).toBe('check/temperature-needed');
      expect(await said(tianjin, text, { ...scan, temperature: 36.5 })).toBe('pass/admitted');
      expect(await said(tianjin, text, { ...scan, temperature: 37.3 })).toBe(
        'stop/temperature-high',
      );
    }
  });

  it('an orange code in Tianjin stays at home: handed to the community there, stopped elsewhere', async () => {
    const browser = await citizen(tianjin, 'orange');
    await browser.declare();
    await told(tianjin, 'orange', 'contact');
    const { text, state } = (await browser.live()).body;
    expect(state).toBe('o');
    expect(await said(tianjin, text, { gate: gate('residential') })).toBe('check/colour-caution');
    for (const venue of ['transit', 'station', 'workplace', 'school'] as const)
      expect(await said(tianjin, text, { gate: gate(venue) })).toBe('stop/colour-caution');
  });

  it('a yellow code in Hebei is looked into, wherever it is shown', async () => {
    const text = await shows(hebei, 'li', { contact: true });
    for (const region of ['CN-HE', 'CN-TJ'])
      for (const venue of ['residential', 'transit', 'workplace', 'school'] as const) {
        const scan = { gate: gate(venue, { region }), temperature: 36.5 };
        expect(await said(hebei, text, scan)).toBe('check/colour-caution');
      }
  });

  it('a red code is stopped wherever the code is required', async () => {
    const browser = await citizen(tianjin, 'red');
    await browser.declare();
    await told(tianjin, 'red', 'order');
    const { text, colour } = (await browser.live()).body;
    expect(colour).toBe('red');
    for (const venue of ['residential', 'transit', 'station', 'workplace', 'school'] as const)
      expect(await said(tianjin, text, { gate: gate(venue), temperature: 36.5 })).toBe(
        'stop/colour-stop',
      );
  });

  it('the national code has no colour: nothing abnormal passes, a notice is looked into', async () => {
    const clear = await shows(national, 'wang');
    expect(await said(national, clear, { gate: gate('residential') })).toBe('pass/admitted');
    const noticed = await shows(national, 'wang', { abroad: true });
    expect(await said(national, noticed, { gate: gate('residential') })).toBe('check/notice');
    expect(await said(national, noticed, { gate: gate('transit') })).toBe('check/notice');
  });

  it('who comes from abroad shows the international one, by passport, with a masked name', async () => {
    const browser = await citizen(national, 'passport');
    await browser.declare();
    const { text, name } = (await browser.live()).body;
    expect(name).toBe('E***a M***n');
    expect(await said(national, text, { gate: gate('residential') })).toBe('pass/admitted');
  });

  it('a colour ends by itself when its 14 days are over', async () => {
    const at = await testAuthority();
    const browser = await citizen(at, 'zhang');
    await browser.declare();
    await told(at, 'zhang', 'contact');
    expect((await browser.live()).body.state).toBe('o');
    at.clock.tick(14 * dayMs + 60_000);
    const later = await citizen(at, 'zhang');
    await later.declare();
    expect((await later.live()).body.state).toBe('g');
    await at.close();
  });
});

describe('where the code decides', () => {
  it('malls, supermarkets and banks take it for reference: no colour refuses there', async () => {
    const green = await shows(tianjin, 'hong-kong');
    expect(await said(tianjin, green, { gate: gate('mall') })).toBe('pass/advisory');
    const orange = await shows(tianjin, 'macao', { contact: true });
    expect(await said(tianjin, orange, { gate: gate('mall') })).toBe('check/advisory');
    await told(tianjin, 'macao', 'order');
    const red = (await (await citizen(tianjin, 'macao')).live()).body;
    expect(red.state).toBe('r');
    expect(await said(tianjin, red.text, { gate: gate('mall') })).toBe('check/advisory');
  });

  it('hospitals in Tianjin let people in the original way, hospitals in Hebei use the code', async () => {
    const text = await shows(tianjin, 'taiwan');
    const hospital = (region: string) => ({
      gate: gate('hospital', { region }),
      temperature: 36.5,
    });
    expect(await said(tianjin, text, hospital('CN-TJ'))).toBe('unknown/original-way');
    expect(await said(tianjin, text, hospital('CN-HE'))).toBe('pass/admitted');
  });

  it('a place that no rule is about lets people in the original way', async () => {
    const text = await shows(tianjin, 'resident');
    const scan = { gate: gate('residential', { region: 'CN-SD' }) };
    expect(await said(tianjin, text, scan)).toBe('unknown/original-way');
  });
});

describe('districts and their risk', () => {
  it('on 7 March 2020 the six central districts and Baodi are medium, the nine others low', () => {
    const of = (risk: string) =>
      demoDistricts.filter((one) => one.risk === risk).map(({ name }) => name['zh-CN']);
    expect(of('medium').sort()).toEqual(
      ['和平区', '河北区', '河东区', '河西区', '南开区', '红桥区', '宝坻区'].sort(),
    );
    expect(of('low').sort()).toEqual(
      [
        ...['滨海新区', '东丽区', '西青区', '津南区', '北辰区'],
        ...['武清区', '静海区', '宁河区', '蓟州区'],
      ].sort(),
    );
    expect(new Set(demoDistricts.map(({ since }) => since))).toEqual(new Set(['2020-03-07']));
  });

  it('at a gate in a medium district everybody’s temperature is asked for one by one', async () => {
    const text = await shows(tianjin, 'passport');
    const inDistrict = (district: string) => ({ gate: gate('residential', { district }) });
    expect(await said(tianjin, text, inDistrict('120110'))).toBe('pass/admitted');
    expect(await said(tianjin, text, inDistrict('120101'))).toBe('check/temperature-needed');
  });

  it('who was in a medium district in the last 14 days is orange', async () => {
    const { sql, clock } = tianjin;
    const risks = [{ code: '120115', risk: 'medium', since: '2020-03-07' } as const];
    await putRisks(risks, { sql, now: clock.wall(), by: 'command-line' });
    const text = await shows(tianjin, 'card-2017', { travel: ['120115'] });
    expect(await said(tianjin, text, { gate: gate('transit') })).toBe('stop/colour-caution');
  });
});
