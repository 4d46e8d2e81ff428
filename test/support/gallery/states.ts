import type { LogEntry, ScanBody } from '../../../src/core/log/entry.ts';
import type { PersonLine } from '../../../src/core/log/people.ts';
import { summarizeShift } from '../../../src/core/log/shift-summary.ts';
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

export const someGuards = ['王班长 07', '李 12', '0712', '欧阳小红', '买买提·依明江', '赵'];

const colour = (zhCn: string, zhTw: string, en: string) => ({ 'zh-CN': zhCn, 'zh-TW': zhTw, en });
const someStatuses = {
  'CN-TJ': {
    g: colour('绿码', '綠碼', 'Green'),
    o: colour('橙码', '橙碼', 'Orange'),
    r: colour('红码', '紅碼', 'Red'),
  },
};
const someIssuers = {
  'CN-TJ': { 'zh-CN': '天津健康码', 'zh-TW': '天津健康碼', en: 'Tianjin Health Code' },
  'CN-HE': { 'zh-CN': '河北健康码', 'zh-TW': '河北健康碼', en: 'Hebei Health Code' },
  CN: { 'zh-CN': '国家平台', 'zh-TW': '國家平台', en: 'National platform' },
};

export const readyState: AppState = {
  phase: 'ready',
  recalled: true,
  enrolling: 'idle',
  demo: true,
  settings: defaultSettings,
  gate: { id: 'demo-1', name: '海河小区东门', venue: 'residential', region: 'CN-TJ' },
  shift: someShift,
  counts: { pass: 128, check: 9, stop: 3, unknown: 2 },
  byHand: { admitted: 6, refused: 1, notRecorded: 0 },
  outcomes: { admitted: 140, refused: 7, notRecorded: 2 },
  left: { admitted: 0, refused: 0, notRecorded: 0, companions: 0 },
  looks: 0,
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
    statuses: someStatuses,
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
  { name: 'hub', grade: 'fair', detail: 'no-answer' },
];
export const somePastShifts: readonly PastShift[] = [
  { ...someShift, endedAt: ago(hour), people: 149 },
  { id: 's0', operator: '李 12', startedAt: ago(15 * hour), endedAt: ago(6 * hour), people: 96 },
];

const lastHour = Math.floor(now / hour) * hour;
const ended = (admitted: number, refused = 0, notRecorded = 0) => ({
  admitted,
  refused,
  notRecorded,
});
const decided = (admitted: number, refused: number) => ({ admitted, refused });

export const someReport: ShiftReport = {
  ...someShift,
  endedAt: epochMillis(now),
  people: 149,
  admitted: 140,
  refused: 7,
  notRecorded: 2,
  scanned: 142,
  left: { admitted: 61, refused: 0, notRecorded: 0, companions: 4 },
  looks: 3,
  verdicts: {
    pass: ended(128),
    check: ended(6, 2, 1),
    stop: ended(0, 3),
    unknown: ended(0, 1, 1),
    byHand: ended(6, 1),
  },
  deciders: {
    scanner: decided(126, 3),
    guard: decided(14, 4),
    supervisor: decided(0, 0),
    other: decided(0, 0),
  },
  reasons: [
    { reason: 'admitted', people: 128 },
    { reason: 'relative-held', people: 6 },
    { reason: 'already-scanned', people: 3 },
    { reason: 'stale', people: 3 },
    { reason: 'not-a-pass', people: 2 },
  ],
  issuers: [
    { issuer: 'CN-TJ', people: 101 },
    { issuer: 'CN-HE', people: 30 },
    { issuer: 'CN', people: 9 },
  ],
  hours: [20, 52, 24, 21, 32].map((people, place) => ({
    from: epochMillis(lastHour - (4 - place) * hour),
    people,
  })),
  corrected: 1,
  measured: 31,
  fever: 1,
  companions: { all: 4, admitted: 4 },
};

const atGate = { shift: 's1', gate: 'demo-1', companions: 0, fever: false, corrections: 0 };
const told: readonly PersonLine[] = [
  { state: 'stop', reason: 'stale', outcome: 'refused', by: 'scanner' },
  { state: 'check', reason: 'already-scanned', outcome: 'not-recorded' },
  { state: 'check', reason: 'relative-held', outcome: 'admitted', by: 'guard', corrections: 1 },
  { state: 'stop', reason: 'temperature-high', outcome: 'refused', by: 'guard', why: 'fever' },
  { state: 'stop', reason: 'wrong-gate', outcome: 'admitted', by: 'supervisor', why: 'emergency' },
].map((line, place) => ({
  ...atGate,
  seq: 40 + place,
  at: ago((40 - place) * 400_000),
  ...(line as Pick<PersonLine, 'outcome'>),
}));
/** A report with what its paper says. */
export const paperReport: ShiftReport = {
  ...someReport,
  paper: {
    device: 'd-7f3c2a90',
    gate: 'demo-1',
    app: '0.1.0',
    last: { seq: 162, hash: 'a94f'.repeat(16) },
    told: Array.from({ length: 9 }, () => told)
      .flat()
      .map((line, place) => ({ ...line, seq: 40 + place })),
  },
};

/** Nobody came. */
export const emptyReport: ShiftReport = {
  ...someReport,
  ...summarizeShift([]),
};

/** Fourteen hours over midnight, one of them quiet, with 3,000 people. */
export const nightReport: ShiftReport = {
  ...someReport,
  startedAt: ago(14 * hour),
  people: 3006,
  admitted: 2892,
  refused: 70,
  notRecorded: 44,
  scanned: 3000,
  verdicts: {
    pass: ended(2714),
    check: ended(173, 4, 4),
    stop: ended(0, 63),
    unknown: ended(0, 2, 40),
    byHand: ended(5, 1),
  },
  deciders: {
    scanner: decided(2714, 62),
    guard: decided(177, 8),
    supervisor: decided(1, 0),
    other: decided(0, 0),
  },
  reasons: [
    { reason: 'admitted', people: 2714 },
    { reason: 'from-the-future', people: 181 },
    { reason: 'issuer-retired', people: 63 },
    { reason: 'list-too-old', people: 42 },
  ],
  hours: [201, 340, 402, 377, 251, 90, 31, 12, 88, 260, 371, 330, 253].map((people, place) => ({
    from: epochMillis(lastHour - (13 - place - (place > 6 ? 1 : 0)) * hour),
    people,
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
  ...(body.reason === undefined && { st: 'g' }),
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
