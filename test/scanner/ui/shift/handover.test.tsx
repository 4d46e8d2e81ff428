// @vitest-environment happy-dom
import { act, fireEvent, screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { HandOver } from '../../../../src/scanner/ui/shift/handover.tsx';
import { renderApp } from '../render-app.tsx';

const body = () => document.body.textContent ?? '';

describe('handing over', () => {
  it('shows the totals, what is open, and is confirmed by the next guard in two taps', async () => {
    const { actions } = renderApp(
      {
        guards: ['李 12'],
        outcomes: { admitted: 140, refused: 7, notRecorded: 1 },
        sync: { unsynced: 4, busy: false, problem: 'fork' },
        storageFault: 'storage-quota',
      },
      <HandOver onClose={() => {}} />,
    );
    for (const words of [
      '148',
      '140',
      '4 条记录还没上传',
      '1 人结果未记录',
      '手机存储已满',
      '另一份记录',
    ])
      expect(body()).toContain(words);
    fireEvent.click(screen.getByRole('button', { name: '李 12' }));
    await act(async () => {
      fireEvent.click(screen.getByRole('button', { name: /李 12 接班/ }));
    });
    expect(actions.handOver).toHaveBeenCalledExactlyOnceWith('李 12', undefined);
  });

  it('says that nothing is left open where nothing is', () => {
    renderApp(
      { outcomes: { admitted: 2, refused: 0, notRecorded: 0 }, sync: { unsynced: 0, busy: false } },
      <HandOver onClose={() => {}} />,
    );
    expect(body()).toContain('没有遗留');
  });
});
