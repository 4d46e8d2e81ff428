import type { LogEntry, ScanBody } from '../../../src/core/log/entry.ts';
import { epochMillis, epochSeconds } from '../../../src/core/units.ts';
import type { Verdict, VerifiedPass } from '../../../src/core/verify/verdict.ts';
import type { Check } from '../../../src/scanner/app/phone/phone-state.ts';
import { defaultSettings } from '../../../src/scanner/app/phone/settings.ts';
import type { Card } from '../../../src/scanner/app/scan/scan-state.ts';
import type { PastShift, ShiftReport } from '../../../src/scanner/app/shift/shift-state.ts';
import type { AppState } from '../../../src/scanner/app/state.ts';

const hour = 3_600_000;
const now = Date.now();
const ago = (ms: number) => epochMillis(now - ms);

export const someShift = { id: 's1', operator: '王班长 07', startedAt: ago(5 * hour) };

const someIssuers = {
  'CN-TJ': { 'zh-CN': '天津健康码', 'zh-TW': '天津健康碼', en: 'Tianjin Health Code' },
  'CN-HE': { 'zh-CN': '河北健康码', 'zh-TW': '河北健康碼', en: 'Hebei Health Code' },
  CN: { 'zh-CN': '国家平台', 'zh-TW': '國家平台', en: 'National platform' },
};

export const readyState: AppState = {
  phase: 'ready',
  enrolling: 'idle',
  demo: true,
  settings: defaultSettings,
  gate: { id: 'demo-1', name: '海河小区东门', venue: 'residential', region: 'CN-TJ' },
  shift: someShift,
  counts: { pass: 128, check: 9, stop: 3, unknown: 2 },
  byHand: { admitted: 6, refused: 1 },
  recent: [],
  camera: { kind: 'live', torch: true, lenses: 2 },
  online: true,
  sync: { unsynced: 0, busy: false, lastAt: ago(60_000) },
  trust: {
    bundle: 7,
    iat: ago(2 * hour),
    exp: ago(-70 * hour),
    listAt: ago(hour),
    issuers: someIssuers,
  },
  clock: 'synced',
  supervisor: { state: 'closed' },
  updateReady: false,
};

export const livePass: VerifiedPass = {
  kind: 'live',
  form: 'cwt',
  issuer: 'CN-TJ',
  issuerName: { 'zh-CN': '天津', 'zh-TW': '天津', en: 'Tianjin' },
  hotline: '12345',
  jti: 'AAECAwQFBgcICQoL',
  state: 'g',
  level: 'clear',
  colour: 'green',
  stateLabel: { 'zh-CN': '绿码', 'zh-TW': '綠碼', en: 'Green' },
  maskedName: '张*三',
  maskedId: '12…2X',
  relativeHeld: false,
  notices: [],
  iat: epochSeconds(Math.floor(now / 1000) - 6),
  exp: epochSeconds(Math.floor(now / 1000) + 54),
  ageS: 6,
};

export const someChecks: readonly Check[] = [
  { name: 'camera', grade: 'bad', detail: 'camera-denied' },
  { name: 'decoder', grade: 'fair', detail: 'script' },
  { name: 'clock', grade: 'good', detail: 'synced' },
  { name: 'storage', grade: 'fair', detail: 'persisted=false' },
];
export const somePastShifts: readonly PastShift[] = [
  { ...someShift, endedAt: ago(hour), people: 148 },
  { id: 's0', operator: '李 12', startedAt: ago(15 * hour), endedAt: ago(6 * hour), people: 96 },
];

const lastHour = Math.floor(now / hour) * hour;
export const someReport: ShiftReport = {
  ...someShift,
  endedAt: epochMillis(now),
  scans: 142,
  states: readyState.counts,
  reasons: [
    { reason: 'admitted', scans: 128 },
    { reason: 'relative-held', scans: 6 },
    { reason: 'already-scanned', scans: 3 },
    { reason: 'stale', scans: 3 },
    { reason: 'not-a-pass', scans: 2 },
  ],
  issuers: [
    { issuer: 'CN-TJ', scans: 101 },
    { issuer: 'CN-HE', scans: 30 },
    { issuer: 'CN', scans: 9 },
  ],
  hours: [17, 52, 24, 21, 31].map((scans, place) => ({
    from: epochMillis(lastHour - (4 - place) * hour),
    scans,
  })),
  manual: { admitted: 5, refused: 1 },
  companions: 4,
};

/** Nobody came. */
export const emptyReport: ShiftReport = {
  ...someReport,
  scans: 0,
  states: { pass: 0, check: 0, stop: 0, unknown: 0 },
  reasons: [],
  issuers: [],
  hours: [],
  manual: { admitted: 0, refused: 0 },
  companions: 0,
};

/** Fourteen hours over midnight, one of them quiet, with 3,000 people. */
export const nightReport: ShiftReport = {
  ...someReport,
  startedAt: ago(14 * hour),
  scans: 3000,
  states: { pass: 2714, check: 181, stop: 63, unknown: 42 },
  reasons: [
    { reason: 'admitted', scans: 2714 },
    { reason: 'from-the-future', scans: 181 },
    { reason: 'issuer-retired', scans: 63 },
    { reason: 'list-too-old', scans: 42 },
  ],
  hours: [201, 340, 402, 377, 251, 90, 31, 12, 88, 260, 371, 330, 247].map((scans, place) => ({
    from: epochMillis(lastHour - (13 - place - (place > 6 ? 1 : 0)) * hour),
    scans,
  })),
  chainBreak: { at: 1204, problem: 'gap' },
};

export const cardOf = (verdict: Verdict, more: Partial<Card> = {}): Card => ({
  id: 1,
  verdict,
  at: epochMillis(now),
  seq: 143,
  held: false,
  ...more,
});

const entryBase = {
  v: 1,
  device: 'd1',
  shift: 's1',
  quality: 'synced',
  gate: 'demo-1',
  app: '0.1.0',
  prev: '0'.repeat(64),
  hash: '0'.repeat(64),
} as const;

export const scanEntry = (seq: number, body: Partial<ScanBody> = {}): LogEntry => ({
  ...entryBase,
  seq,
  at: ago((150 - seq) * 37_000),
  type: 'scan',
  method: 'camera',
  state: 'pass',
  reason: 'admitted',
  kind: 'live',
  iss: 'CN-TJ',
  ...body,
});

export const decisionEntry = (seq: number, ref: number, temperatureC: number): LogEntry => ({
  ...entryBase,
  seq,
  at: ago((150 - seq) * 37_000),
  type: 'decision',
  ref,
  state: 'stop',
  reason: 'temperature-high',
  temperatureC,
});

export const someEntries: readonly LogEntry[] = [
  scanEntry(150),
  scanEntry(149, { iss: 'CN-HE' }),
  decisionEntry(148, 147, 37.6),
  scanEntry(147, { state: 'check', reason: 'temperature-needed' }),
  scanEntry(146, { state: 'unknown', reason: 'not-a-pass' }),
  scanEntry(145, { state: 'stop', reason: 'bad-signature' }),
  scanEntry(144, { state: 'check', reason: 'relative-held', iss: 'CN' }),
  scanEntry(143),
  scanEntry(142, { state: 'stop', reason: 'stale' }),
];

const square = (left: number, top: number) => [
  { x: left, y: top },
  { x: left + 0.2, y: top },
  { x: left + 0.2, y: top + 0.3 },
  { x: left, y: top + 0.3 },
];
const street = '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="200"/>';

export const someChoice: NonNullable<AppState['choice']> = {
  picture: new Blob([street], { type: 'image/svg+xml' }),
  codes: [
    { what: 'pass', corners: square(0.1, 0.1) },
    { what: 'web-link', corners: square(0.6, 0.5) },
  ],
};
