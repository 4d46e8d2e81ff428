import type { Language } from '../core/terms.ts';

/** What stands on the poster of a venue code 场所码, and what is said of printing it: protocol 11. */
export interface PosterWords {
  readonly size: string;
  readonly a4: string;
  readonly a5: string;
  readonly sticker: string;
  readonly print: string;
  readonly qr: string;
  readonly title: string;
  readonly scan: string;
  readonly one: string;
  readonly two: string;
  readonly three: string;
  readonly noPhone: string;
  readonly hotline: string;
  readonly until: string;
}

export const posterWords: Readonly<Record<Language, PosterWords>> = {
  'zh-CN': {
    size: '纸张',
    a4: 'A4，贴在入口',
    a5: 'A5，放在柜台',
    sticker: '小贴纸，一张 A4 四枚',
    print: '打印',
    qr: '场所码的二维码',
    title: '场所码',
    scan: '扫码进入',
    one: '打开健康码，扫这个码；也可用手机相机扫',
    two: '核对场所名称，点“确认进入”',
    three: '有人值守的，出示生成的码',
    noPhone: '没有手机，请找工作人员登记。',
    hotline: '咨询电话',
    until: '有效期至',
  },
  'zh-TW': {
    size: '紙張',
    a4: 'A4，貼在入口',
    a5: 'A5，放在櫃台',
    sticker: '小貼紙，一頁 A4 四枚',
    print: '列印',
    qr: '場所碼的二維碼',
    title: '場所碼',
    scan: '掃碼進入',
    one: '打開健康碼，掃這個碼；也可用手機相機掃',
    two: '核對場所名稱，點「確認進入」',
    three: '有人值守的，出示生成的碼',
    noPhone: '沒有手機，請找工作人員登記。',
    hotline: '諮詢電話',
    until: '有效期至',
  },
  en: {
    size: 'Paper',
    a4: 'A4, for an entrance',
    a5: 'A5, for a counter',
    sticker: 'Stickers, four on A4',
    print: 'Print',
    qr: 'Venue code',
    title: 'Venue code',
    scan: 'Scan to enter',
    one: 'Open your health code and scan this code, or use your phone’s camera',
    two: 'Look at the name of the place, then “Confirm and enter”',
    three: 'Show the code you get to the guard, if there is one',
    noPhone: 'No phone? Ask the staff.',
    hotline: 'Hotline',
    until: 'Good until',
  },
};

/** Chinese first, in the characters of who reads, then English. */
export function posterTongues(language: Language) {
  const first = language === 'zh-TW' ? 'zh-TW' : 'zh-CN';
  return { first, zh: posterWords[first], en: posterWords.en } as const;
}
