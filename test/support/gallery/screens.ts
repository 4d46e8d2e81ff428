import { epochMillis } from '../../../src/core/units.ts';
import type { Verdict } from '../../../src/core/verify/verdict.ts';
import { noCounts } from '../../../src/scanner/app/scan/scan-state.ts';
import type { AppState } from '../../../src/scanner/app/state.ts';
import type { Key } from '../../../src/scanner/words/en/first.ts';
import {
  cardOf,
  emptyReport,
  livePass,
  nightReport,
  readyState,
  someChecks,
  someChoice,
  someEntries,
  somePastShifts,
  someReport,
  someShift,
} from './states.ts';

export interface Screen {
  readonly state: AppState;
  /** The button to press first, by its place from the end. */
  readonly press?: 1 | 2 | 3;
  /** The button to press after that. */
  readonly thenPress?: Key;
}

const minute = 60_000;
const now = Date.now();
const { shift: _, gate: __, ...unenrolled } = readyState;
const { shift: ___, ...offShift } = readyState;
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
  starting: { state: { ...unenrolled, phase: 'starting' } },
  failed: { state: { ...unenrolled, phase: 'failed', fault: 'storage-corrupt' } },
  enrol: { state: { ...unenrolled, phase: 'enrol' } },
  'enrol-busy': { state: { ...unenrolled, phase: 'enrol', enrolling: 'busy' } },
  'enrol-elsewhere': {
    state: {
      ...unenrolled,
      phase: 'enrol',
      enrolling: 'other-hub',
      enrolHub: 'https://kakou.tj.example',
    },
  },
  'enrol-offline': { state: { ...unenrolled, phase: 'enrol', enrolling: 'offline' } },
  start: { state: offShift },
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
  'scan-storage': { state: { ...busy, storageFault: 'storage-quota', updateReady: true } },
  choice: { state: { ...busy, choice: someChoice } },
  'camera-off': camera({ kind: 'off' }),
  'camera-denied': camera({ kind: 'problem', problem: 'denied' }),
  'camera-denied-ios': {
    state: {
      ...busy,
      camera: { kind: 'problem', problem: 'denied' },
      phone: { installWay: 'ios', browser: 'ios-safari', engine: 'wasm', persisted: false },
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
  'stop-forged': card({ state: 'stop', reason: 'bad-signature' }),
  fever: card({ state: 'stop', reason: 'temperature-high', pass: livePass }),
  'not-a-pass': card({ state: 'unknown', reason: 'not-a-pass', what: 'web-link' }),
  'trust-expired': card({ state: 'unknown', reason: 'trust-expired' }),
  shift: { state: { ...busy, sync: { unsynced: 4, busy: false, problem: 'offline' } }, press: 2 },
  'shift-new': {
    state: { ...readyState, counts: noCounts, byHand: { admitted: 0, refused: 0 } },
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
  'hand-over': { state: busy, press: 2, thenPress: 'shift.handOver' },
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
  'summary-empty': { state: { ...offShift, summary: emptyReport } },
  'summary-night': {
    state: { ...offShift, sync: { unsynced: 37, busy: true }, summary: nightReport },
  },
  digits: { state: { ...offShift, enrolDigits: '047301' } },
  'self-check': { state: { ...busy, checks: someChecks }, press: 1, thenPress: 'check.title' },
  pin: {
    state: { ...busy, supervisor: { state: 'locked', until: epochMillis(now + 5 * minute) } },
    press: 1,
    thenPress: 'boss.title',
  },
  'pin-wrong': {
    state: { ...busy, supervisor: { state: 'wrong' } },
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
    state: { ...busy, supervisor: { state: 'open' }, summary: someReport },
    press: 1,
    thenPress: 'boss.title',
  },
  settings: {
    state: {
      ...busy,
      phone: {
        installWay: 'ios',
        browser: 'ios-safari',
        engine: 'wasm',
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
