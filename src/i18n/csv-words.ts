import type { CsvColumn, CsvOptions } from '../core/log/csv.ts';
import { reasonStates } from '../core/verify/verdict.ts';
import { type Language, translator } from './translate.ts';

type Headers = Readonly<Record<CsvColumn, string>>;

const en: Headers = {
  seq: 'No.',
  at: 'Time',
  quality: 'Clock',
  device: 'Device',
  gate: 'Gate',
  shift: 'Shift',
  type: 'Entry',
  method: 'Read by',
  state: 'Verdict',
  reason: 'Reason',
  kind: 'Kind of code',
  iss: 'Issuer',
  jti: 'Code id',
  st: 'State code',
  ageS: 'Age of code (s)',
  relativeHeld: 'Shown by a relative',
  temperatureC: 'Temperature (°C)',
  companions: 'Companions',
  ref: 'Belongs to No.',
  category: 'Category',
  admitted: 'Let in',
  tail: 'Last digits',
  note: 'Note',
  operator: 'Guard',
  bundle: 'Rules version',
  list: 'List version',
  listTooOld: 'List too old',
  textSha256: 'Fingerprint of the text',
  app: 'App version',
  prev: 'Previous hash',
  hash: 'Hash',
};

const zhCn: Headers = {
  seq: '序号',
  at: '时间',
  quality: '时钟',
  device: '设备',
  gate: '卡口',
  shift: '班次',
  type: '记录类型',
  method: '方式',
  state: '结果',
  reason: '原因',
  kind: '码类型',
  iss: '发码地',
  jti: '码编号',
  st: '状态代码',
  ageS: '码龄（秒）',
  relativeHeld: '代办',
  temperatureC: '体温（℃）',
  companions: '同行人数',
  ref: '对应序号',
  category: '类别',
  admitted: '已放行',
  tail: '尾号',
  note: '备注',
  operator: '值守人',
  bundle: '规则版本',
  list: '名单版本',
  listTooOld: '名单过旧',
  textSha256: '内容指纹',
  app: '软件版本',
  prev: '前一条哈希',
  hash: '哈希',
};

const zhTw: Headers = {
  seq: '序號',
  at: '時間',
  quality: '時鐘',
  device: '裝置',
  gate: '卡口',
  shift: '班次',
  type: '紀錄類型',
  method: '方式',
  state: '結果',
  reason: '原因',
  kind: '碼類型',
  iss: '發碼地',
  jti: '碼編號',
  st: '狀態代碼',
  ageS: '碼齡（秒）',
  relativeHeld: '代辦',
  temperatureC: '體溫（℃）',
  companions: '同行人數',
  ref: '對應序號',
  category: '類別',
  admitted: '已放行',
  tail: '尾號',
  note: '備註',
  operator: '值守人',
  bundle: '規則版本',
  list: '名單版本',
  listTooOld: '名單過舊',
  textSha256: '內容指紋',
  app: '軟體版本',
  prev: '前一條雜湊',
  hash: '雜湊',
};

const headers: Readonly<Record<Language, Headers>> = { 'zh-CN': zhCn, 'zh-TW': zhTw, en };

/** Column headings of the exported log, its verdicts and reasons in words, its times as local wall time. */
export function csvWords(language: Language): CsvOptions {
  const t = translator(language);
  const isReason = (value: unknown): value is keyof typeof reasonStates =>
    typeof value === 'string' && Object.hasOwn(reasonStates, value);
  return {
    headers: headers[language],
    aheadOfUtc: (at) => -new Date(at).getTimezoneOffset(),
    format(column, value) {
      if (column === 'at' && typeof value === 'number') return localTime(value);
      if (column === 'reason' && isReason(value)) return t(`reason.${value}.title`);
      if (column === 'state' && isState(value)) return t(`state.${value}`);
      return undefined;
    },
  };
}

const states = ['pass', 'check', 'stop', 'unknown'] as const;
const isState = (value: unknown): value is (typeof states)[number] =>
  states.some((state) => state === value);

/** `2026-11-22 14:30:05` in the phone's own zone, which spreadsheets take for a date. */
function localTime(at: number): string {
  const date = new Date(at);
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}
