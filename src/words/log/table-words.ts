import { hubColumns, type TableColumn, type TableWords } from '../../core/table/table.ts';
import { type TableLabel, tableLabels } from '../../core/table/table-labels.ts';
import type { Language } from '../../core/terms.ts';
import { reasonStates } from '../../core/verify/verdict.ts';

type Said = Readonly<Record<Language, string>>;
const say = (en: string, zhCn: string, zhTw: string): Said => ({
  en,
  'zh-CN': zhCn,
  'zh-TW': zhTw,
});

export const headers: Readonly<Record<TableColumn, Said>> = {
  seq: say('No.', '序号', '序號'),
  at: say('Time', '时间', '時間'),
  offset: say('Time zone', '时区', '時區'),
  utc: say('Time (UTC)', 'UTC 时间', 'UTC 時間'),
  quality: say('Clock', '时钟', '時鐘'),
  device: say('Device', '设备编号', '裝置編號'),
  gate: say('Gate', '卡口', '檢查站'),
  shift: say('Shift', '班次编号', '班次編號'),
  guard: say('Guard', '值班人', '值勤人員'),
  type: say('Entry', '记录类型', '紀錄類型'),
  event: say('What happened', '事项', '事項'),
  method: say('Read by', '扫码方式', '掃碼方式'),
  state: say('Verdict', '扫码结果', '掃碼結果'),
  reason: say('Reason', '扫码结果的原因', '掃碼結果的原因'),
  finalState: say('Final verdict', '最终结果', '最終結果'),
  finalReason: say('Final reason', '最终结果的原因', '最終結果的原因'),
  dir: say('Direction', '进出', '進出'),
  admitted: say('Let in', '已放行', '已放行'),
  outcome: say('Outcome', '是否放行', '是否放行'),
  by: say('Decided by', '谁决定', '誰決定'),
  why: say('Why', '为什么', '為什麼'),
  corrections: say('Times corrected', '更正次数', '更正次數'),
  corrects: say('Corrects No.', '更正的是哪条', '更正的是哪筆'),
  high: say('Fever, not measured', '体温异常（没有数值）', '體溫異常（沒有數值）'),
  scannedWith: say('Temperature taken by', '测温方式', '測溫方式'),
  kind: say('Kind of code', '码类型', '碼類型'),
  iss: say('Issuer', '发码机构', '發碼機構'),
  st: say('Status code', '状态代码', '狀態代碼'),
  colour: say('Colour of code', '码的颜色', '碼的顏色'),
  ageS: say('Age of code (s)', '码生成了几秒', '碼產生了幾秒'),
  relativeHeld: say('Shown by a relative', '亲属代办', '親屬代辦'),
  category: say('Category', '类别', '類別'),
  tail: say('Last 4 or paper number', '后四位或编号', '後四碼或編號'),
  temperatureC: say('Temperature (°C)', '体温（℃）', '體溫（℃）'),
  companions: say('Companions', '同行人数', '同行人數'),
  note: say('Note', '备注', '備註'),
  ref: say('Belongs to No.', '属于哪条', '屬於哪筆'),
  number: say('Number', '数量', '數量'),
  bundle: say('Rules version', '核验数据版本', '查驗資料版本'),
  list: say('List version', '作废名单版本', '註銷名單版本'),
  listTooOld: say('List too old', '作废名单过旧', '註銷名單過舊'),
  jti: say('Code ID', '码编号', '碼編號'),
  fingerprint: say('Fingerprint of the text', '内容指纹', '內容指紋'),
  app: say('App version', '程序版本', '程式版本'),
  prev: say('Previous hash', '前一条校验值', '前一筆雜湊值'),
  hash: say('Hash', '校验值', '雜湊值'),
  received: say('Received', '平台收到时间', '平台收到時間'),
  standing: say('Counts', '是否计数', '是否計數'),
};

/** Words of the workbook that are no column's. */
export const labels: Readonly<Record<TableLabel, Said>> = {
  summary: say('Summary', '汇总', '彙總'),
  people: say('People', '人员', '人員'),
  everything: say('All entries', '全部记录', '全部紀錄'),
  from: say('From', '开始时间', '開始時間'),
  to: say('To', '结束时间', '結束時間'),
  admitted: say('Let in', '放行', '放行'),
  refused: say('Refused', '不放行', '不放行'),
  notRecorded: say('No record', '结果未记录', '結果未記錄'),
  scanned: say('Showed a code', '出示码', '出示碼'),
  byHand: say('Manual entry', '手工登记', '人工登記'),
  other: say('Other', '其他', '其他'),
  corrected: say('Corrected', '更正过', '更正過'),
  measured: say('Temperature taken', '测过体温', '量過體溫'),
  fever: say('Fever', '体温异常', '體溫異常'),
  companionsAdmitted: say('Companions let in', '放行的同行人', '放行的同行人'),
  left: say('Left', '离开', '離開'),
  leftCompanions: say('Companions who left', '离开的同行人', '離開的同行人'),
  leftHeld: say('Held back on the way out', '离开时被拦下', '離開時被攔下'),
  leftOpen: say('On the way out, no record', '离开时结果未记录', '離開時結果未記錄'),
  looks: say('Looked at only', '只查验', '只查驗'),
  hour: say('Hour from', '几点起', '幾點起'),
  gates: say('Gates', '各卡口', '各檢查站'),
  notCounted: say('Not counted', '不计数的人员', '不計數的人員'),
};

/** Words of values that no screen has; a value not named here stays as logged. */
export const values: Readonly<Partial<Record<TableColumn, Readonly<Record<string, Said>>>>> = {
  quality: {
    synced: say('Checked', '已校时', '已校時'),
    held: say('Not checked for 12 h', '12 小时未校时', '12 小時未校時'),
    unconfirmed: say('Unsure', '未确认', '未確認'),
    bad: say('Wrong', '不准', '不準'),
  },
  type: {
    scan: say('Scan', '扫码', '掃碼'),
    look: say('Looked at only', '查验不放行', '查驗不放行'),
    decision: say('Decision', '决定', '決定'),
    manual: say('Manual entry', '手工登记', '人工登記'),
    'shift-start': say('Shift begins', '上班', '開始值勤'),
    'shift-end': say('Shift ends', '下班', '結束值勤'),
    clock: say('Clock', '时钟', '時鐘'),
    trust: say('New rules', '核验数据更新', '查驗資料更新'),
    export: say('Export', '导出', '匯出'),
    purge: say('Old entries deleted', '清理旧记录', '清理舊紀錄'),
    supervisor: say('Supervisor', '班长', '班長'),
  },
  event: {
    'pin-set': say('PIN set', '设置密码', '設定密碼'),
    'pin-reset': say('PIN reset by the hub', '用重设码重设密码', '用重設碼重設密碼'),
    opened: say('Signed in', '登录', '登入'),
    'wrong-pin': say('Wrong PIN', '密码错误', '密碼錯誤'),
    locked: say('Locked after wrong PINs', '密码错误已锁定', '密碼錯誤已鎖定'),
    report: say('Looked at a report', '查看小结', '查看小結'),
    forget: say('Phone un-enrolled', '解除登记', '解除登記'),
    'kiosk-on': say('Kiosk started', '开始无人值守', '開始無人值守'),
    'kiosk-off': say('Kiosk left', '退出无人值守', '離開無人值守'),
    'count-set': say('Head count set', '更正在场人数', '更正在場人數'),
    synced: say('Checked', '已校时', '已校時'),
    'set-back': say('Set back', '被拨慢', '被撥慢'),
    'jumped-ahead': say('Ran ahead', '跳快', '跳快'),
    confirmed: say('Confirmed', '已确认', '已確認'),
  },
  dir: { in: say('In', '进', '進'), out: say('Out', '出', '出') },
  outcome: {
    left: say('Left', '已离开', '已離開'),
    held: say('Held back', '被拦下', '被攔下'),
  },
  method: {
    camera: say('Camera', '摄像头', '相機'),
    wedge: say('Hardware scanner', '扫码枪', '掃描槍'),
    picture: say('Picture', '图片', '圖片'),
    manual: say('Manual entry', '手工登记', '人工登記'),
  },
  standing: {
    counted: say('Yes', '计入', '計入'),
    revoked: say(
      'No: came after the phone was revoked',
      '不计：手机吊销后才收到',
      '不計：手機註銷後才收到',
    ),
    elsewhere: say(
      'No: another gate than the phone’s',
      '不计：不是这台手机的卡口',
      '不計：不是這支手機的檢查站',
    ),
  },
  kind: {
    live: say('Live code', '实时码', '即時碼'),
    credential: say('Offline code', '离线码', '離線碼'),
    paper: say('Paper code', '纸质码', '紙本碼'),
  },
};
const yes = say('Yes', '是', '是');
const no = say('No', '否', '否');

/** Words of the log that screens say too; the key is the prefix, the value, and what follows. */
const logWordKeys: Readonly<Partial<Record<TableColumn, (value: string) => string>>> = {
  state: (value) => `state.${value}`,
  finalState: (value) => `state.${value}`,
  reason: (value) => `reason.${value}.title`,
  finalReason: (value) =>
    Object.hasOwn(reasonStates, value) ? `reason.${value}.title` : `why.${value}`,
  category: (value) => `manual.category.${value}`,
  outcome: (value) => `paper.${value === 'not-recorded' ? 'notRecorded' : value}`,
  by: (value) => `paper.by.${value}`,
  why: (value) => `why.${value}`,
  note: (value) => `why.${value}`,
  scannedWith: (value) => `measure.${value}`,
};

/**
 * Headings and words of the exported log in a language. `find` looks a word of `LogWords` up, or
 * gives nothing; a value without one stays as logged.
 */
export function tableWordsOf(
  language: Language,
  find: (key: string) => string | undefined,
): Pick<TableWords, 'labels' | 'headers' | 'format'> {
  const all = Object.fromEntries(hubColumns.map((name) => [name, headers[name][language]]));
  const said = Object.fromEntries(tableLabels.map((name) => [name, labels[name][language]]));
  return {
    labels: said as Record<TableLabel, string>,
    headers: all as TableWords['headers'],
    format(column, value) {
      if (typeof value === 'boolean') return (value ? yes : no)[language];
      if (typeof value !== 'string') return undefined;
      const own = values[column];
      if (own && Object.hasOwn(own, value)) return own[value]?.[language];
      const key = logWordKeys[column]?.(value);
      return key === undefined ? undefined : find(key);
    },
  };
}
