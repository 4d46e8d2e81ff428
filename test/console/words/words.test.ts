import { describe, expect, it } from 'vitest';
import { problems } from '../../../src/authority/http/problem.ts';
import { en } from '../../../src/console/words/en.ts';
import { zhCn } from '../../../src/console/words/zh-CN.ts';
import { zhTw } from '../../../src/console/words/zh-TW.ts';
import { acts } from '../../../src/hub/operators/act-log.ts';

const catalogues = { en, 'zh-CN': zhCn, 'zh-TW': zhTw } as const;
const keys = Object.keys(en) as (keyof typeof en)[];
const placeholders = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(String).sort();

/** Refused to citizens alone, and what has words of its own. */
const ofCitizens = [
  ...['bad-proof', 'not-your-relative', 'too-many-relatives', 'not-guardian', 'consent-unknown'],
  ...[
    'relative-self',
    'appeal-open',
    'application-open',
    'bad-encoding',
    'unsupported-encoding',
    'too-many',
  ],
];

describe.each(['en', 'zh-CN', 'zh-TW'] as const)('the words of the desk in %s', (language) => {
  const messages = catalogues[language];

  it('are the same keys, none empty, with the same places for values', () => {
    expect(Object.keys(messages).sort()).toEqual([...keys].sort());
    for (const key of keys) {
      expect([key, messages[key].trim()]).toEqual([key, messages[key]]);
      expect([key, messages[key]]).not.toEqual([key, '']);
      expect([key, placeholders(messages[key])]).toEqual([key, placeholders(en[key])]);
    }
  });

  it('have one for everything the log of acts can hold', () => {
    for (const act of acts) expect(messages).toHaveProperty([`act.${act}`]);
  });

  it('have one, with what to do, for everything the issuing side refuses its desk', () => {
    const said = Object.keys(problems).filter((code) => !ofCitizens.includes(code));
    expect(said.length).toBeGreaterThan(25);
    for (const code of said) expect(messages).toHaveProperty([`issuing.refusal.${code}`]);
  });
});

it('no simplified character stands in the traditional words, and a gate is 檢查站 there', () => {
  const simplified = /[码设录扫验签环网传张机体温为这个时间关过发联开请对无颜还应谁连据]|卡口/g;
  expect(keys.flatMap((key) => zhTw[key].match(simplified) ?? [])).toEqual([]);
});
