// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

beforeEach(() => {
  vi.resetModules();
  location.href = 'https://gate.example/';
});
afterEach(() => {
  Reflect.deleteProperty(window, 'trustedTypes');
});

const load = () => import('../../src/browser/trusted-types.ts');

test('one policy is made, named as the security policy allows it', async () => {
  const createPolicy = vi.fn((_name: string, rules: object) => rules);
  Object.assign(window, { trustedTypes: { createPolicy } });
  const { trustedScript } = await load();
  trustedScript('/a.js');
  trustedScript('/b.js');
  expect(createPolicy.mock.calls.map(([name]) => name)).toEqual(['kakou']);
});

test.each([
  'https://evil.example/sw.js',
  '//evil.example/sw.js',
  'data:text/javascript,1',
  'blob:x',
])('the foreign script %s is refused', async (url) => {
  const { trustedScript } = await load();
  expect(() => trustedScript(url)).toThrow(TypeError);
});

test('our own script passes as its full address', async () => {
  const { trustedScript } = await load();
  expect(trustedScript('/sw.js')).toBe('https://gate.example/sw.js');
});
