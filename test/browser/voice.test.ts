import { expect, test } from 'vitest';
import { localVoice } from '../../src/browser/voice.ts';

const voice = (lang: string, localService: boolean) =>
  ({ lang, localService, name: lang }) as SpeechSynthesisVoice;

test('a voice that would send the words to a server is never chosen', () => {
  expect(localVoice([voice('zh-CN', false)], 'zh-CN')).toBeUndefined();
});

test('the voice of the very language comes before a cousin, however it is spelt', () => {
  const voices = [voice('zh-TW', true), voice('zh_CN', true), voice('en-GB', true)];
  expect(localVoice(voices, 'zh-CN')?.lang).toBe('zh_CN');
  expect(localVoice(voices, 'en')?.lang).toBe('en-GB');
});
