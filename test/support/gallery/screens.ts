import { epochMillis } from '../../../src/core/units.ts';
import type { Verdict } from '../../../src/core/verify/verdict.ts';
import { nobody, noCounts } from '../../../src/scanner/app/scan/scan-state.ts';
import type { AppState } from '../../../src/scanner/app/state.ts';
import type { Key } from '../../../src/scanner/words/en/first.ts';
import { atTwoGates } from './at-two-gates.ts';
import { bothWays } from './both-ways.ts';
import { enrolScreens } from './enrol-screens.ts';
import { kioskScreens } from './kiosk-screens.ts';
import { moreCards } from './more-cards.ts';
import {
  cardOf,
  emptyReport,
  livePass,
  nightReport,
  paperReport,
  readyState,
  someChecks,
  someChoice,
  someEntries,
  someGuards,
  somePastShifts,
  someReport,
  someShift,
} from './states.ts';

export interface Screen {
  readonly state: AppState;
  /** The button to press first, by its place from the end. */
  readonly press?: 1 | 2 | 3 | 4;
  /** The button to press after that. */
  readonly thenPress?: Key;
}

const minute = 60_000;
const now = Date.now();
const { shift: _, gate: __, ...unenrolled } = readyState;
const { shift: ___, ...offShift } = readyState;
/** Measured before the code is shown. */
const everybody = { mode: 'exception', limitC: 37.3 } as const;
const busy: AppState = { ...readyState, recent: someEntries };
const card = (verdict: Verdict): Screen => ({ state: { ...busy, card: cardOf(verdict) } });
/** A relative's code by a name that is written, or tries to push, the other way. */
const holder = (maskedName: string, maskedId = '12…2X'): Screen =>
  card({
    state: 'check',
    reason: 'relative-held',
    pass: { ...livePass, maskedName, maskedId, relativeHeld: true },
  });
const camera = (status: AppState['camera']): Screen => ({ state: { ...busy, camera: status } });

/** Cards of people whose names run from right to left, the longest, and one no scanner lets through. */
export const holders: Readonly<Record<string, Screen>> = {
  'holder-arabic': holder('عبد الله*'),
  'holder-hebrew': holder('דוד*כהן', '120101********001X'),
  'holder-longest': holder('阿卜杜拉·买买提依明江·吐尔*', '120101********001X'),
  'holder-hostile': holder(`张\u202e三${'\n'.repeat(30)}李`),
};

/** Every screen worth a look, by name. */
export const screens: Readonly<Record<string, Screen>> = {
  ...holders,
  ...moreCards,
  ...atTwoGates,
  ...bothWays,
  ...kioskScreens,
  starting: { state: { ...unenrolled, phase: 'starting' } },
  failed: { state: { ...unenrolled, phase: 'failed', fault: 'storage-corrupt' } },
  ...enrolScreens,
  start: { state: offShift },
  'start-known': { state: { ...offShift, guards: someGuards } },
  'start-asked': {
    state: { ...offShift, trust: { ...offShift.trust, temperature: everybody } },
  },
  'start-most': {
    state: {
      ...offShift,
      guards: someGuards,
      trust: { ...offShift.trust, temperature: everybody },
      gate: { id: 'demo-2', name: '地铁1号线西站 A 口', venue: 'transit', region: 'CN-TJ' },
    },
  },
  'start-transit': {
    state: {
      ...offShift,
      guards: someGuards.slice(0, 2),
      gate: { id: 'demo-2', name: '地铁1号线西站 A 口', venue: 'transit', region: 'CN-TJ' },
    },
  },
  'scan-long-names': {
    state: {
      ...busy,
      gate: {
        id: 'demo-3',
        name: '天津市河东区津滨大道海河小区东门南侧临时检查点',
        venue: 'residential',
      },
      shift: { ...someShift, operator: '欧阳·买买提依明江·阿卜杜拉 0712' },
      online: false,
    },
  },
  scan: { state: busy },
  'scan-worried': {
    state: {
      ...busy,
      online: false,
      clock: 'unconfirmed',
      sync: { unsynced: 37, busy: false, problem: 'offline' },
      trust: {
        bundle: 7,
        iat: epochMillis(now - 60 * 60 * minute),
        exp: epochMillis(now + 5 * 60 * minute),
        listAt: epochMillis(now - 30 * 60 * minute),
      },
    },
  },
  'scan-no-hub': { state: { ...busy, unreached: 'no-answer' } },
  'scan-refused': {
    state: { ...busy, sync: { unsynced: 12, busy: false, problem: 'refused' } },
  },
  'scan-storage': { state: { ...busy, storageFault: 'storage-quota', updateReady: true } },
  choice: { state: { ...busy, choice: someChoice } },
  'camera-off': camera({ kind: 'off' }),
  'camera-denied': camera({ kind: 'problem', problem: 'denied' }),
  'camera-denied-ios': {
    state: {
      ...busy,
      camera: { kind: 'problem', problem: 'denied' },
      phone: { installWay: 'ios', browser: 'ios-safari', decoder: 'wasm', persisted: false },
    },
  },
  pass: {
    state: {
      ...busy,
      settings: { ...busy.settings, autoReturnS: 20 },
      card: cardOf({ state: 'pass', reason: 'admitted', pass: livePass }),
    },
  },
  temperature: card({ state: 'check', reason: 'temperature-needed', pass: livePass }),
  keypad: {
    ...card({ state: 'check', reason: 'temperature-needed', pass: livePass }),
    press: 2,
  },
  check: card({
    state: 'check',
    reason: 'already-scanned',
    pass: { ...livePass, kind: 'credential', relativeHeld: true, ageS: 41 },
    seen: {
      gate: 'demo-1',
      at: epochMillis(now - 34_000),
      verdict: { state: 'pass', reason: 'admitted' },
    },
  }),
  notice: card({
    state: 'check',
    reason: 'notice',
    pass: {
      ...livePass,
      issuer: 'CN',
      issuerName: { 'zh-CN': '国家平台', 'zh-TW': '國家平台', en: 'National platform' },
      colour: 'none',
      stateLabel: { 'zh-CN': '未见异常', 'zh-TW': '未見異常', en: 'Nothing abnormal' },
      notices: [
        {
          code: 'a1',
          label: {
            'zh-CN': '14 天内到过中高风险地区',
            'zh-TW': '14 天內到過中高風險地區',
            en: 'Visited a medium or high risk area within 14 days',
          },
        },
      ],
    },
  }),
  'stop-red': card({
    state: 'stop',
    reason: 'colour-stop',
    pass: {
      ...livePass,
      colour: 'red',
      stateLabel: { 'zh-CN': '红码', 'zh-TW': '紅碼', en: 'Red' },
    },
  }),
  'wrong-gate': card({
    state: 'stop',
    reason: 'wrong-gate',
    pass: livePass,
    boundTo: [{ 'zh-CN': '海河小区东门', 'zh-TW': '海河社區東門', en: 'Haihe east gate' }],
  }),
  'stop-forged': card({ state: 'stop', reason: 'bad-signature' }),
  fever: card({ state: 'stop', reason: 'temperature-high', pass: livePass }),
  'not-a-pass': card({ state: 'unknown', reason: 'not-a-pass', what: 'web-link' }),
  'trust-expired': card({ state: 'unknown', reason: 'trust-expired' }),
  'clock-untrusted': card({ state: 'unknown', reason: 'clock-untrusted', pass: livePass }),
  shift: { state: { ...busy, sync: { unsynced: 4, busy: false, problem: 'offline' } }, press: 2 },
  'shift-new': {
    state: { ...readyState, counts: noCounts, byHand: nobody, outcomes: nobody },
    press: 2,
  },
  'shift-export': {
    state: {
      ...busy,
      counts: { pass: 2714, check: 181, stop: 63, unknown: 42 },
      exportReady: { name: 'kakou-2026-11-22-x8Ts.xlsx', format: 'xlsx', shift: 's1', entries: 9 },
    },
    press: 2,
  },
  scanner: { state: busy, press: 1, thenPress: 'scanner.title' },
  'hand-over': {
    state: { ...busy, guards: someGuards, sync: { unsynced: 4, busy: false, problem: 'offline' } },
    press: 2,
    thenPress: 'shift.handOver',
  },
  last: { state: busy, press: 4 },
  'end-shift': { state: busy, press: 2, thenPress: 'shift.end' },
  forget: { state: busy, press: 1, thenPress: 'forget.title' },
  paused: {
    state: {
      ...busy,
      camera: { kind: 'off' },
      shift: { ...someShift, pausedAt: epochMillis(now) },
    },
  },
  summary: { state: { ...offShift, summary: someReport } },
  'summary-paper': { state: { ...offShift, summary: paperReport } },
  'summary-empty': { state: { ...offShift, summary: emptyReport } },
  'summary-night': {
    state: { ...offShift, sync: { unsynced: 37, busy: true }, summary: nightReport },
  },
  digits: { state: { ...offShift, enrolDigits: '047301' } },
  'shift-no-hub': {
    state: { ...busy, unreached: 'no-answer', sync: { unsynced: 4, busy: false } },
    press: 2,
  },
  'self-check': { state: { ...busy, checks: someChecks }, press: 1, thenPress: 'check.title' },
  pin: {
    state: {
      ...busy,
      pin: 'set',
      supervisor: { state: 'locked', until: epochMillis(now + 5 * minute) },
    },
    press: 1,
    thenPress: 'boss.title',
  },
  'pin-wrong': {
    state: { ...busy, pin: 'set', supervisor: { state: 'wrong' } },
    press: 1,
    thenPress: 'boss.title',
  },
  'pin-reset': {
    state: { ...busy, pin: 'set', pinReset: 'ready' },
    press: 1,
    thenPress: 'boss.title',
  },
  'no-shifts': {
    state: { ...busy, supervisor: { state: 'open' }, pastShifts: [] },
    press: 1,
    thenPress: 'boss.title',
  },
  supervisor: {
    state: { ...busy, supervisor: { state: 'open' }, pastShifts: somePastShifts },
    press: 1,
    thenPress: 'boss.title',
  },
  report: {
    state: { ...busy, supervisor: { state: 'open' }, pastReport: someReport },
    press: 1,
    thenPress: 'boss.title',
  },
  settings: {
    state: {
      ...busy,
      desk: {
        ...{ gate: 'demo-1', iat: Math.floor(now / 1000) - 86_400, pin: true },
        ...{ rapid: true, passBackS: 900, language: 'zh-TW' },
      },
      phone: {
        installWay: 'ios',
        browser: 'ios-safari',
        decoder: 'wasm',
        persisted: true,
        usedBytes: 4e6,
        quotaBytes: 2e9,
      },
    },
    press: 1,
  },
  'manual-measure': {
    state: { ...busy, trust: { ...busy.trust, temperature: { mode: 'measure', limitC: 37.3 } } },
    press: 3,
  },
  manual: {
    state: { ...busy, trust: { ...busy.trust, temperature: { mode: 'confirm', limitC: 37.3 } } },
    press: 3,
  },
};
