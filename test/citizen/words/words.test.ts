import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { en as first } from '../../../src/citizen/words/en.ts';
import { visitsMessages } from '../../../src/citizen/words/visits.ts';
import { zhCn as firstCn } from '../../../src/citizen/words/zh-CN.ts';
import { zhTw as firstTw } from '../../../src/citizen/words/zh-TW.ts';
import { reasonClasses } from '../../../src/core/health/colour-rules.ts';

/** With those that come with their pages. */
const en = { ...first, ...visitsMessages.en };
const zhCn = { ...firstCn, ...visitsMessages['zh-CN'] };
const zhTw = { ...firstTw, ...visitsMessages['zh-TW'] };
const catalogues = { en, 'zh-CN': zhCn, 'zh-TW': zhTw } as const;
const keys = Object.keys(en) as (keyof typeof en)[];
const placeholders = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(String).sort();
const root = join(import.meta.dirname, '../../../src/citizen');

describe.each(['en', 'zh-CN', 'zh-TW'] as const)(
  'the words of the citizen’s page in %s',
  (language) => {
    const messages = catalogues[language];

    it('are the same keys, none empty, with the same places for values', () => {
      expect(Object.keys(messages).sort()).toEqual([...keys].sort());
      for (const key of keys) {
        expect([key, messages[key].trim()]).toEqual([key, messages[key]]);
        expect([key, messages[key]]).not.toEqual([key, '']);
        expect([key, placeholders(messages[key])]).toEqual([key, placeholders(en[key])]);
      }
    });

    it('have one for every class of reason', () => {
      for (const reason of reasonClasses) expect(messages).toHaveProperty([`reason.${reason}`]);
    });
  },
);

it('no simplified character stands in the traditional words', () => {
  const simplified = /[码设录扫验签环网传张机体温为这个时间关过发联开请对无颜还应谁连据]/g;
  expect(keys.flatMap((key) => zhTw[key].match(simplified) ?? [])).toEqual([]);
});

it('every word is used', () => {
  const code = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !name.startsWith('words'))
    .map((name) => readFileSync(join(root, name), 'utf8'))
    .join('\n');
  // `refusal.CODE`, `page.PAGE`: put together where they are used
  const isUsed = (key: string) =>
    code.includes(`'${key}'`) || code.includes(`\`${key.replace(/[\w-]+$/, '')}\${`);
  expect(keys.filter((key) => !isUsed(key))).toEqual([]);
});
