import { describe, expect, it } from 'vitest';
import { formats } from '../../src/words/format.ts';

const zh = formats('zh-CN');
const en = formats('en');
const at = (day: number, hour: number, minute = 0) =>
  new Date(2026, 10, day, hour, minute).getTime();

describe('times in words', () => {
  it('says how old a code is in the unit a person would use', () => {
    expect(zh.ago(4)).toBe('刚刚');
    expect(zh.ago(12)).toBe('12秒前');
    expect(zh.ago(89)).toBe('89秒前');
    expect(zh.ago(90)).toBe('1分钟前');
    expect(zh.ago(3 * 3600)).toBe('3小时前');
    expect(en.ago(3 * 86_400)).toBe('3 days ago');
  });

  it('says when a code is ahead of time', () => {
    expect(en.ago(-1)).toBe('in 1 second');
    expect(en.ago(-45)).toBe('in 45 seconds');
  });

  it('names yesterday, today, tomorrow and the date with a 24-hour clock', () => {
    expect(zh.dayTime(at(22, 14, 30), at(22, 9))).toBe('今天 14:30');
    expect(zh.dayTime(at(23, 0, 5), at(22, 23, 55))).toBe('明天 00:05');
    expect(zh.dayTime(at(21, 23, 59), at(22, 0, 1))).toBe('昨天 23:59');
    expect(formats('zh-TW').dayTime(at(21, 9), at(22, 9))).toBe('昨天 09:00');
    expect(en.dayTime(at(21, 9), at(22, 9))).toBe('yesterday 09:00');
    expect(en.dayTime(at(20, 9), at(22, 9))).toBe('Nov 20 09:00');
    expect(en.dayTime(at(25, 9), at(22, 9))).toBe('Nov 25 09:00');
  });

  it('writes a temperature with one decimal', () => {
    expect(zh.celsius(37)).toBe('37.0℃');
    expect(en.celsius(36.5)).toBe('36.5 °C');
  });
});
