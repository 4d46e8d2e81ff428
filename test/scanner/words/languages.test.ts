import { describe, expect, it } from 'vitest';
import type { Language } from '../../../src/core/terms.ts';
import { reasonStates } from '../../../src/core/verify/verdict.ts';
import { en, type Key } from '../../../src/scanner/words/en/first.ts';
import { loadLanguage, translator } from '../../../src/scanner/words/translate.ts';
import { zhCn } from '../../../src/scanner/words/zh-CN/first.ts';
import { zhCnScreens } from '../../../src/scanner/words/zh-CN/screens.ts';
import { zhTw } from '../../../src/scanner/words/zh-TW/first.ts';

await loadLanguage('en');
const catalogues = { en, 'zh-CN': { ...zhCn, ...zhCnScreens }, 'zh-TW': zhTw };

const keys = Object.keys(en).sort() as Key[];
const placeholders = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(String).sort();

describe.each(Object.keys(catalogues) as Language[])('the words of %s', (language) => {
  const messages = catalogues[language];

  it('has exactly the keys of English', () => {
    expect(Object.keys(messages).sort()).toEqual(keys);
  });

  it('leaves no text empty or padded', () => {
    const bad = keys.filter(
      (key) => messages[key] === '' || messages[key].trim() !== messages[key],
    );
    expect(bad).toEqual([]);
  });

  it('fills in the same placeholders as English', () => {
    for (const key of keys)
      expect([key, placeholders(messages[key])]).toEqual([key, placeholders(en[key])]);
  });

  it('says for every reason what it is, why, and what to do next', () => {
    for (const reason of Object.keys(reasonStates))
      for (const part of ['title', 'why', 'next'])
        expect(messages).toHaveProperty([`reason.${reason}.${part}`]);
  });

  it('tells all reasons apart by their titles', () => {
    const titles = keys
      .filter((key) => /^reason\..*\.title$/.test(key))
      .map((key) => messages[key]);
    expect(new Set(titles).size).toBe(titles.length);
  });
});

describe('Chinese', () => {
  /** As they stand in menus and on devices. */
  const namesOfOthers =
    /\{\w+\}|Kakou|QR( Code)?|MB|iPhone|iPad|Safari|Enter|Tab|QQ|HID|LCD|Intent|Zebra|DataWedge|Keystroke output|Honeywell|Wedge|Launch browser|iData/g;

  it('leaves no English word in a Chinese sentence by accident', () => {
    const foreign = (['zh-CN', 'zh-TW'] as const).flatMap((language) =>
      keys
        .filter((key) => /[A-Za-z]/.test(catalogues[language][key].replace(namesOfOthers, '')))
        .map((key) => `${language} ${key}`),
    );
    const meant = [
      'app.demo',
      'fault.camera-insecure.next',
      'fault.picture-unreadable.next',
      'manual.tailHint',
      'scanner.damage.alt-codes',
      'scanner.set.case',
      'shift.format.csv',
      'shift.format.json',
      'shift.format.xlsx',
      'wedge.alt-codes',
    ];
    expect(foreign.sort()).toEqual(
      ['zh-CN', 'zh-TW'].flatMap((language) => meant.map((key) => `${language} ${key}`)),
    );
  });

  it('uses no simplified character in the traditional words', () => {
    const simplified = /[码设录扫验签环网传张机体温为这个时间关过发联开请对无颜还应谁连据]/g;
    expect(keys.flatMap((key) => catalogues['zh-TW'][key].match(simplified) ?? [])).toEqual([]);
  });
});

describe('translating', () => {
  it('puts values into their places', () => {
    expect(translator('zh-CN')('status.unsynced', { n: 3 })).toBe('3 条待上传');
    expect(translator('en')('shift.since', { operator: 'A7', time: '08:00' })).toBe(
      'A7, since 08:00',
    );
  });
});
