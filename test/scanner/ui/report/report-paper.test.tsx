// @vitest-environment happy-dom
import { act, screen } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { paperReport, readyState } from '../../../support/gallery/states.ts';
import { renderApp } from '../render-app.tsx';

const { shift: _, ...offShift } = readyState;

async function paper(language: 'zh-CN' | 'zh-TW' | 'en') {
  const settings = { ...readyState.settings, language };
  const view = renderApp({ settings });
  act(() => view.store.setState({ ...offShift, settings, summary: paperReport }, true));
  await act(async () => {
    await vi.dynamicImportSettled();
    await new Promise((resolve) => setTimeout(resolve, 20));
  });
  const found = document.querySelector('body > section');
  if (!found) throw new Error('no paper');
  return found;
}

describe('the printed report', () => {
  it.each(['zh-CN', 'zh-TW', 'en'] as const)(
    'has whole dates and no today in %s',
    async (language) => {
      const text = (await paper(language)).textContent ?? '';
      expect(text).toContain(String(new Date().getFullYear()));
      expect(text).not.toMatch(/今天|明天|刚刚$|刚刚上传|剛剛上|today|tomorrow|just now| ago/);
      expect(text).toMatch(/GMT|UTC|[A-Z]{3,4}/);
      for (const part of ['d-7f3c2a90', 'demo-1', '王班长 07', 'a94f'.repeat(16)])
        expect(text).toContain(part);
    },
  );

  it('adds up: every row, every column, and everybody', async () => {
    const [table] = (await paper('zh-CN')).querySelectorAll('table');
    const rows = [...(table?.querySelectorAll('tbody tr, tfoot tr') ?? [])].map((row) =>
      [...row.querySelectorAll('td')].map((cell) => Number(cell.textContent)),
    );
    for (const [admitted = 0, refused = 0, open = 0, people] of rows)
      expect(admitted + refused + open).toBe(people);
    const sums = rows.at(-1) ?? [];
    for (const [place, sum] of sums.entries())
      expect(rows.slice(0, -1).reduce((all, row) => all + (row[place] ?? 0), 0)).toBe(sum);
    expect(sums.at(-1)).toBe(149);
  });

  it('says who decided and why, overrides and corrections too, and has lines to sign', async () => {
    const text = (await paper('zh-CN')).textContent ?? '';
    for (const part of [
      '放行 · 急救、消防',
      '班长',
      '更正 1 次',
      '不放行 · 体温异常',
      '结果未记录',
    ])
      expect(text).toContain(part);
    for (const line of ['值班人签字', '班长签字', '日期']) expect(text).toContain(line);
    expect(screen.getByRole('button', { name: '打印' })).toBeTruthy();
  });
});
