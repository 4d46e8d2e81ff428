import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { schemes } from '../../../src/authority/ceremony/schemes.ts';
import type { Language } from '../../../src/core/terms.ts';
import { words as citizenWords, type Words } from '../../../src/demo/citizen-page/words.ts';
import { demoIssuers } from '../../../src/demo/demo-issuers.ts';
import { demoGates } from '../../../src/demo/demo-rules.ts';
import { demoGate } from '../../../src/hub/routes/demo.ts';
import { en, type Key } from '../../../src/scanner/words/en/first.ts';
import { zhCn } from '../../../src/scanner/words/zh-CN/first.ts';
import { zhCnScreens } from '../../../src/scanner/words/zh-CN/screens.ts';
import { zhTw } from '../../../src/scanner/words/zh-TW/first.ts';
import { headers, values } from '../../../src/words/log/table-words.ts';

const languages = ['zh-CN', 'zh-TW', 'en'] as const;
const catalogues = { en, 'zh-CN': { ...zhCn, ...zhCnScreens }, 'zh-TW': zhTw };

/** What a thing is called in each language, and texts that speak of it. */
const things: readonly (readonly [string, string, string, ...Key[]])[] = [
  ['卡口', '檢查站', 'gate', 'settings.gate', 'reason.wrong-gate.title', 'card.seenElsewhere'],
  ['卡口', '檢查站', 'gate', 'reason.not-bound.title', 'enrol.title', 'enrol.demo', 'forget.ask'],
  ['管理平台', '管理平台', 'hub', 'sync.refused', 'sync.server', 'sync.fork', 'enrol.aim'],
  ['管理平台', '管理平台', 'hub', 'enrol.refused', 'enrol.code-unknown', 'check.upload.next'],
  ['码种', '碼種', 'issuer', 'card.issuer'],
  ['发码机构', '發碼機構', 'issuer', 'report.issuers', 'reason.admitted.why'],
  ['发码机构', '發碼機構', 'issuer', 'reason.unknown-issuer.title', 'reason.unknown-key.title'],
  ['发码机构', '發碼機構', 'issuer', 'reason.issuer-suspended.title', 'reason.revoked.why'],
  ['核验', '查驗', 'verify', 'state.unknown'],
  ['核验', '查驗', 'check', 'choose.pass', 'enrol.lead', 'camera.pictureNoShift'],
  ['核验数据', '查驗資料', 'rules', 'status.trustMissing', 'status.trustExpired', 'check.keys'],
  ['核验数据', '查驗資料', 'rules', 'status.trustAge', 'status.trustBehind', 'check.keys.next'],
  ['核验数据', '查驗資料', 'rules', 'reason.trust-missing.title', 'reason.trust-expired.title'],
  [
    '核查',
    '查核',
    'check',
    'reason.colour-caution.next',
    'reason.notice.why',
    'reason.notice.next',
  ],
  ['核对', '核對', 'compare', 'reason.paper-check-id.next', 'enrol.compare'],
  ['测温', '量體溫', 'temperature', 'reason.temperature-needed.title', 'manual.needTemperature'],
  ['测温', '量體溫', 'temperature', 'state.temperature', 'measure.title'],
  ['体温异常', '體溫異常', 'fever', 'temp.high', 'reason.temperature-high.title'],
  ['体温异常', '體溫異常', 'fever', 'why.fever'],
  ['手工登记', '人工登記', 'manual entr', 'bar.manual'],
  ['手工登记', '人工登記', 'manual entr', 'camera.hint.manual', 'report.byHand'],
  ['设置', '設定', 'settings', 'bar.settings', 'settings.title', 'wedge.next'],
  ['作废名单', '註銷名單', 'revocation list', 'status.listOld', 'reason.list-too-old.title'],
  ['作废名单', '註銷名單', 'revocation list', 'check.list'],
  ['作废', '註銷', 'revoked', 'reason.revoked.title', 'reason.list-too-old.why'],
  ['扫码枪', '掃描槍', 'hardware scanner', 'scanner.title', 'camera.wedge', 'check.camera.next'],
  ['二维码', 'QR Code', 'QR code', 'scanner.set.qr'],
  ['原有方式', '原有方式', 'usual ID check', 'reason.original-way.title'],
  [
    '原有方式',
    '原有方式',
    'usual ID check',
    'reason.trust-missing.next',
    'reason.list-too-old.next',
  ],
  ['原有方式', '原有方式', 'usual ID check', 'reason.internal-error.next'],
  ['上班', '開始值勤', 'start', 'start.title', 'start.go', 'camera.pictureNoShift'],
  ['下班', '結束值勤', 'end', 'shift.end', 'shift.endTitle', 'forget.notNow'],
  ['出行提示', '旅遊史提醒', 'travel notice', 'reason.notice.title'],
  ['拦截', '禁止通行', 'stop', 'state.stop'],
  ['放行', '放行', 'let', 'manual.admit', 'bar.storage', 'reason.malformed.next'],
  ['不放行', '不放行', 'refuse', 'manual.refuse', 'outcome.refused', 'paper.refused'],
  ['不放行', '不放行', 'refuse', 'last.to.refused', 'report.byHand', 'manual.why'],
  ['放行', '放行', 'let', 'outcome.admitted', 'paper.admitted', 'last.to.admitted', 'boss.letIn'],
  ['结果未记录', '結果未記錄', 'no record', 'last.open', 'paper.notRecorded', 'paper.companions'],
  ['急救、消防', '急救、消防', 'ambulance, fire', 'why.emergency'],
  ['上级要求', '上級要求', 'ordered from above', 'why.ordered'],
  ['拒收', '拒收', 'hub refuses', 'status.refused', 'sync.refused', 'check.upload.next'],
  ['在线', '已連線', 'online', 'status.online'],
  ['已全部上传', '已全部上傳', 'uploaded', 'status.synced', 'sync.done', 'paper.finish.how'],
  ['这一班', '這一班', 'shift', 'hand.shiftOf'],
  ['这一班', '這一班', 'taken', 'measure.title', 'paper.begin.how'],
  ['人数', '人數', 'people', 'paper.people', 'paper.totals', 'report.hours'],
  ['桌面', '加入主畫面', 'home screen', 'install.title', 'check.storage.next'],
];

/** Words that were tried in the field and not understood, or that name a thing a second time. */
const forbidden: Readonly<Record<Language, RegExp>> = {
  'zh-CN':
    /关卡|中心|发码[地方]|按停住|长得不正常|^\S* ?号码，|码已过时|试错|不认识|人工登记|扫码器|[测量]体温|体温偏高|核实|连网|已拒绝|上级指示|紧急|平台不收|的本班|全部已上传|人次|哈希|处置|发热（/,
  'zh-TW':
    /卡口|關卡|核驗|攔截|[上下]班(?!次)|出行|作廢|行動條碼|桌面|[掃扫]碼[槍器]|掃描器|簽名|中心|發碼[地方]|連網|手工|體溫偏高|長得不正常|^\S* ?號碼，|試錯|不認識|網絡|軟件|硬件|屏幕|打印|數據|設備|信息|默認|服務器|密鑰|導出|登錄|二維碼|程序|文件|用戶|界面|添加|攝像頭|全角|已拒絕|上級指示|緊急|平台不收|的本班|全部已上傳|人次|雜湊(?!值)|處置|發熱|量測|前一條/,
  en: /\bby hand\b(?<!typed by hand)|\bsetup\b|tap to hold|original way|still so|a notice means|strict control|measure again|\bmade\b|anew|\badmit|checking data|hand scanner|unknown issuer|letters got|(?<!do )not let in|administrator|emergency|scans per hour/i,
};

/** Everything that programs show to people, beside the screens of the scanner. */
function otherTexts(language: Language): string[] {
  const said = [...Object.values(headers), ...Object.values(values).flatMap(Object.values)];
  const marks = [...demoIssuers, ...Object.values(schemes)].flatMap(({ name, states, notices }) => [
    name,
    ...[...Object.values(states), ...Object.values(notices)].map(({ label }) => label),
  ]);
  const named = [...said, ...marks, ...demoGates.map(({ name }) => name)];
  const own: Partial<Words> = language === 'zh-TW' ? {} : citizenWords[language];
  const page = Object.values(own).map((text) =>
    typeof text === 'string' ? text : text(1 as never),
  );
  return [...named.flatMap((one) => one[language] ?? []), ...page];
}

describe.each(languages)('in %s', (language) => {
  const place = languages.indexOf(language);

  it('a thing is called by its one word wherever it is spoken of', () => {
    for (const [, , , ...keys] of things) expect(keys.length).toBeGreaterThan(0);
    const missing = things.flatMap((thing) => {
      const [words, keys] = [thing.slice(0, 3), thing.slice(3) as Key[]];
      const word = (words[place] ?? '').toLowerCase();
      return keys
        .filter((key) => !catalogues[language][key].toLowerCase().includes(word))
        .map((key) => `${key}: ${catalogues[language][key]} lacks ${word}`);
    });
    expect(missing).toEqual([]);
  });

  it('no screen says a word that the field did not understand', () => {
    const bad = Object.entries(catalogues[language]).filter(([, text]) =>
      forbidden[language].test(text.replace(/\{\w+\}/g, '')),
    );
    expect(bad).toEqual([]);
  });

  it('no table, demo page or issuer says one either', () => {
    const texts = otherTexts(language);
    expect(texts.length).toBeGreaterThan(80);
    expect(texts.filter((text) => forbidden[language].test(text))).toEqual([]);
  });
});

it('the manifest, the first page and the demo gate say none of the old words', () => {
  const texts = ['vite.config.ts', 'index.html', 'src/demo/citizen-page/index.html'].map((file) =>
    readFileSync(new URL(`../../../${file}`, import.meta.url), 'utf8'),
  );
  for (const text of [...texts, demoGate.name]) {
    expect(text).not.toMatch(/关卡|中心|发码[地方]|扫码器/);
  }
});
