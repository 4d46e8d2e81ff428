// @vitest-environment happy-dom
import { act, fireEvent, screen } from '@testing-library/react';
import { beforeAll, expect, it, vi } from 'vitest';
import type { ScannerReport } from '../../../../src/ports/code-reader.ts';
import { renderApp } from '../render-app.tsx';

beforeAll(() =>
  import('../../../../src/scanner/ui/settings/scanner-page.tsx').then(() => undefined),
);

const good: ScannerReport = { letters: 54, ms: 530, end: 'Enter', damage: 'none', changed: [] };

async function openPage() {
  const view = renderApp();
  for (const name of ['设置', '扫码枪']) {
    fireEvent.click(screen.getByRole('button', { name }));
    await act(() => vi.dynamicImportSettled());
  }
  return view;
}
const result = () => document.querySelector('dialog [role=status]')?.textContent ?? '';

it('a good scanner is called good, with its figures', async () => {
  const { scanner } = await openPage();
  act(() => scanner.report?.(good));
  expect(result()).toContain('测试码完整收到');
  expect(result()).toMatch(/字符数54.*530 毫秒.*10 毫秒.*回车/);
  expect(document.querySelector('[data-good=true]')).not.toBeNull();
});

it.each([
  [{ damage: 'layout', changed: [':', 'y'] }, /美国英语.*: y/],
  [{ damage: 'case' }, /大写锁定/],
  [{ damage: 'extra' }, /前缀/],
  [{ damage: 'width' }, /全角/],
  [{ damage: 'lost' }, /丢了字符/],
  [{ damage: 'alt-codes' }, /Alt/],
  [{ damage: 'input-method' }, /输入法/],
  [{ end: 'none' }, /后缀设为回车/],
  [{ ms: 5300 }, /太慢.*间隔设为 0/],
] as const)('says what to set: %j', async (change, words) => {
  const { scanner } = await openPage();
  act(() => scanner.report?.({ ...good, ...change }));
  expect(result()).toMatch(words);
  expect(document.querySelector('[data-good=true]')).toBeNull();
});

it('prints a sheet with both test codes, and stops listening when it is closed', async () => {
  const print = vi.fn();
  vi.stubGlobal('print', print);
  const { scanner } = await openPage();
  fireEvent.click(screen.getByRole('button', { name: '打印设置说明' }));
  expect(print).toHaveBeenCalledOnce();
  expect(document.querySelectorAll('body > section figure svg')).toHaveLength(2);
  expect(document.querySelectorAll('body > section li')).toHaveLength(8);
  const close = screen.getAllByRole('button', { name: '关闭' });
  fireEvent.click(close[close.length - 1] ?? document.body);
  expect(scanner.report).toBeUndefined();
  expect(document.querySelector('body > section figure')).toBeNull();
  vi.unstubAllGlobals();
});
