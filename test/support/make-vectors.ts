/**
 * Writes `test/vectors/passes.json` from the demo keys: `npx tsx test/support/make-vectors.ts`.
 * What each text must end in is written here by hand, from the protocol; no scanner is asked.
 * Signatures are random, so the file is made once and checked in.
 */
import { writeFileSync } from 'node:fs';
import type { VerifyContext } from '../../src/core/verify/pipeline.ts';
import { at } from './passes.ts';
import { vectorFile } from './vector-case.ts';
import {
  add,
  all,
  cases,
  day,
  type Ending,
  fresh,
  live,
  liveJwt,
  papers,
} from './vector-makers.ts';
import { crooked, gatesAndClocks, keysAndSignatures, texts } from './vectors-crooked.ts';

async function freshness() {
  for (const [form, make] of fresh) {
    for (const ageS of [-3600, -31])
      await add(`${form} ${ageS} s old`, make({}, ageS), 'unknown/from-the-future');
    for (const ageS of [-30, -1, 0, 1, 30, 59, 60, 89])
      await add(`${form} ${ageS} s old`, make({}, ageS), 'pass/admitted');
    for (const ageS of [90, 91, 3600])
      await add(`${form} ${ageS} s old`, make({}, ageS), 'stop/stale');
  }
  for (const [form, make] of papers) {
    await add(`${form} from tomorrow`, make({}, -86_400), 'stop/not-yet-valid');
    await add(`${form} of last month`, make({}, 30 * 86_400), 'check/paper-check-id');
    await add(`${form} at its end`, make({}, 90 * 86_400), 'stop/expired');
    await add(`${form} a second before its end`, make({}, 90 * 86_400 - 1), 'check/paper-check-id');
    await add(`${form} of 400 days`, make({ exp: at - 3 + 400 * 86_400 }), 'check/paper-check-id');
    await add(
      `${form} of 400 days and a second`,
      make({ exp: at - 2 + 400 * 86_400 }),
      'stop/malformed',
    );
  }
  for (const [form, make] of fresh.slice(0, 2)) {
    await add(`${form} of 61 s`, make({ exp: at + 58 }), 'stop/malformed');
    await add(`${form} that ends before it begins`, make({ exp: at - 4 }), 'stop/malformed');
  }
}

async function colours() {
  const schemes: [string, string, Ending, Ending][] = [
    ['CN-TJ', 'g', 'pass/admitted', 'check/paper-check-id'],
    ['CN-TJ', 'o', 'check/colour-caution', 'check/colour-caution'],
    ['CN-TJ', 'r', 'stop/colour-stop', 'stop/colour-stop'],
    ['CN-TJ', 'y', 'unknown/unknown-state', 'unknown/unknown-state'],
    ['CN-HE', 'g', 'pass/admitted', 'check/paper-check-id'],
    ['CN-HE', 'y', 'check/colour-caution', 'check/colour-caution'],
    ['CN-HE', 'r', 'stop/colour-stop', 'stop/colour-stop'],
    ['CN', 'n', 'pass/admitted', 'check/paper-check-id'],
    ['CN-OLD', 'g', 'stop/issuer-retired', 'stop/issuer-retired'],
  ];
  for (const [iss, st, ending, onPaper] of schemes) {
    for (const [form, make] of fresh)
      await add(`${form} of ${iss} in state ${st}`, make({ iss, hc: { st } }), ending);
    for (const [form, make] of papers)
      await add(`${form} of ${iss} in state ${st}`, make({ iss, hc: { st } }), onPaper);
  }
  for (const [form, make] of all) {
    await add(
      `${form} with a notice`,
      make({ iss: 'CN', hc: { st: 'n', nt: ['a1'] } }),
      'check/notice',
    );
    await add(
      `${form} with a state named like a member`,
      make({ hc: { st: 'toString' } }),
      'unknown/unknown-state',
    );
  }
  for (const [form, make] of fresh)
    await add(`${form} of a relative`, make({ hc: { rh: true } }), 'check/relative-held');
}

async function venues() {
  const required: Record<string, Ending> = {
    g: 'pass/admitted',
    o: 'check/colour-caution',
    r: 'stop/colour-stop',
  };
  const streams: Record<string, Ending> = { ...required, o: 'stop/colour-caution' };
  const confirm: Record<string, Ending> = { ...required, g: 'check/temperature-needed' };
  const away: Record<string, Ending> = { ...confirm, o: 'stop/colour-caution' };
  const advisory: Record<string, Ending> = {
    g: 'pass/advisory',
    o: 'check/advisory',
    r: 'check/advisory',
  };
  const original: Record<string, Ending> = {
    g: 'unknown/original-way',
    o: 'unknown/original-way',
    r: 'unknown/original-way',
  };
  const rulesOf = (region: string) => ({
    residential: required,
    transit: region === 'CN-TJ' ? streams : required,
    station: region === 'CN-TJ' ? streams : required,
    workplace: region === 'CN-TJ' ? away : confirm,
    school: region === 'CN-TJ' ? away : confirm,
    mall: advisory,
    other: advisory,
  });
  for (const region of ['CN-TJ', 'CN-HE', 'CN-BJ']) {
    const hospital = region === 'CN-HE' ? confirm : original;
    for (const [venue, endings] of Object.entries({ ...rulesOf(region), hospital })) {
      for (const st of ['g', 'o', 'r']) {
        const ending = region === 'CN-BJ' ? 'unknown/original-way' : endings[st];
        const where = { venue: venue as VerifyContext['gate']['venue'], region };
        if (ending)
          await add(`state ${st} at a ${venue} in ${region}`, live({ hc: { st } }), ending, where);
      }
    }
  }
  const school = { venue: 'school' } as const;
  for (const temperature of ['normal', 35, 36.5, 37.2] as const) {
    await add(`${temperature} at a school`, live(), 'pass/admitted', { ...school, temperature });
    await add(
      `${temperature} at a school with orange`,
      live({ hc: { st: 'o' } }),
      'stop/colour-caution',
      { ...school, temperature },
    );
  }
  for (const temperature of [37.3, 38, 42]) {
    await add(`${temperature} at a school`, live(), 'stop/temperature-high', {
      ...school,
      temperature,
    });
    await add(
      `${temperature} at a school with red`,
      live({ hc: { st: 'r' } }),
      'stop/colour-stop',
      { ...school, temperature },
    );
  }
}

async function statuses() {
  const looked: [string, number, Ending][] = [
    ['CN-TJ', 0, 'pass/admitted'],
    ['CN-TJ', 6, 'pass/admitted'],
    ['CN-TJ', 7, 'stop/revoked'],
    ['CN-TJ', 8, 'pass/admitted'],
    ['CN-TJ', 11, 'stop/revoked'],
    ['CN-TJ', 1024, 'stop/revoked'],
    ['CN-TJ', 70_011, 'stop/revoked'],
    ['CN-TJ', 131_071, 'stop/revoked'],
    ['CN-TJ', 131_072, 'unknown/list-too-old'],
    ['CN-HE', 7, 'stop/revoked'],
    ['CN-HE', 9, 'check/suspended'],
    ['CN-HE', 10, 'pass/admitted'],
    ['CN-HE', 11, 'stop/revoked'],
    ['CN-HE', 12, 'check/suspended'],
  ];
  for (const [form, make] of fresh) {
    for (const [iss, si, ending] of looked)
      await add(`${form} of ${iss} at index ${si}`, make({ iss, hc: { si } }), ending);
  }
}

/** Shown `laterS` after the trust set was signed. */
async function ageing() {
  const endings: [number, Ending, Ending][] = [
    [24 * 3600, 'pass/admitted', 'pass/admitted'],
    [48 * 3600, 'pass/admitted', 'pass/admitted'],
    [48 * 3600 + 1, 'pass/admitted', 'unknown/list-too-old'],
    [72 * 3600 - 1, 'pass/admitted', 'unknown/list-too-old'],
    [72 * 3600, 'unknown/trust-expired', 'unknown/trust-expired'],
  ];
  for (const [laterS, ofLive, ofDay] of endings) {
    const where = { trust: `demo@${at - laterS}` };
    await add(`live CWT ${laterS} s after the bundle`, live(), ofLive, where);
    await add(`live JWT ${laterS} s after the bundle`, liveJwt(), ofLive, where);
    await add(`credential ${laterS} s after the bundle`, day(), ofDay, where);
  }
}

for (const part of [
  freshness,
  colours,
  venues,
  statuses,
  ageing,
  gatesAndClocks,
  keysAndSignatures,
  crooked,
  texts,
])
  await part();
writeFileSync(vectorFile, `[\n${cases.map((one) => JSON.stringify(one)).join(',\n')}\n]\n`);
process.stdout.write(`${cases.length} cases\n`);
