// @vitest-environment happy-dom
import { fireEvent, screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { EntryList } from '../../../../src/scanner/ui/shift/entry-list.tsx';
import { decisionEntry, scanEntry } from '../../../support/gallery/states.ts';
import { renderApp } from '../render-app.tsx';

const recent = [
  decisionEntry(4, 2, 38),
  scanEntry(3, { state: 'check', reason: 'relative-held' }),
  scanEntry(2, { state: 'check', reason: 'temperature-needed' }),
  scanEntry(1),
];
const rows = () => screen.queryAllByRole('listitem').map(({ textContent }) => textContent ?? '');

describe('the list of a shift', () => {
  it('has one row a person, with how it ended in words', () => {
    renderApp({ recent }, <EntryList />);
    expect(rows()).toHaveLength(3);
    expect(rows()[0]).toContain('结果未记录');
    expect(rows()[1]).toMatch(/不放行.*体温异常.*38/);
  });

  it('names the gate that a code was for', () => {
    const scanned = [scanEntry(1, { state: 'stop', reason: 'wrong-gate' })];
    const boundTo = { 1: [{ 'zh-CN': '东门', 'zh-TW': '東門', en: 'East gate' }] };
    renderApp({ recent: scanned, boundTo }, <EntryList />);
    expect(rows()[0]).toContain('这是东门的码');
  });

  it('says the colour of the code in the issuer’s word, and nothing of one it has no word for', () => {
    const green = { 'zh-CN': '绿码', 'zh-TW': '綠碼', en: 'Green' };
    const scanned = [3, 2, 1].map((seq) =>
      scanEntry(seq, { st: ['g', 'q', 'constructor'][seq - 1] ?? '' }),
    );
    renderApp({ recent: scanned, trust: { statuses: { 'CN-TJ': { g: green } } } }, <EntryList />);
    expect(rows().map((row) => row.includes('绿码'))).toEqual([false, false, true]);
    expect(rows().join()).not.toMatch(/undefined|function/);
  });

  it('shows those of one outcome, and says so where there are none', () => {
    renderApp({ recent }, <EntryList />);
    fireEvent.click(screen.getByRole('button', { name: '不放行' }));
    expect(rows()).toHaveLength(1);
    fireEvent.click(screen.getByRole('button', { name: '全部' }));
    expect(rows()).toHaveLength(3);
  });

  it('says where nobody of an outcome is there', () => {
    renderApp({ recent: [scanEntry(1)] }, <EntryList />);
    fireEvent.click(screen.getByRole('button', { name: '结果未记录' }));
    expect(screen.getByRole('status').textContent).toBe('没有这样的人。');
  });
});
