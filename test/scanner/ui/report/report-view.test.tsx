// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { epochMillis } from '../../../../src/core/units.ts';
import { ReportView } from '../../../../src/scanner/ui/report/report-view.tsx';
import { readyState, someReport } from '../../../support/gallery/states.ts';
import { renderApp } from '../render-app.tsx';

const at = (day: number, hour: number) => epochMillis(new Date(2026, 10, day, hour).getTime());
beforeEach(() => void vi.useFakeTimers({ now: at(26, 9), toFake: ['Date'] }));
afterEach(() => void vi.useRealTimers());

function shown(language: 'zh-CN' | 'zh-TW' | 'en', startedAt: number, endedAt: number) {
  const report = {
    ...someReport,
    startedAt: epochMillis(startedAt),
    endedAt: epochMillis(endedAt),
  };
  const settings = { ...readyState.settings, language };
  const { container } = renderApp({ settings }, <ReportView report={report} />);
  return container.querySelector('p')?.textContent ?? '';
}

describe('the report on the screen', () => {
  it.each([
    ['zh-CN', '昨天 08:00 到 16:00'],
    ['zh-TW', '昨天 08:00 到 16:00'],
    ['en', 'yesterday 08:00 to 16:00'],
  ] as const)('calls a shift of yesterday that in %s', (language, span) => {
    expect(shown(language, at(25, 8), at(25, 16))).toContain(span);
  });

  it('calls today only what is today', () => {
    expect(shown('zh-CN', at(26, 7), at(26, 9))).toContain('今天 07:00 到 09:00');
    const old = shown('zh-CN', at(22, 8), at(22, 16));
    expect(old).toContain('11月22日 08:00 到 16:00');
    expect(old).not.toContain('今天');
  });

  it('says the day of both ends of a night shift', () => {
    expect(shown('zh-CN', at(25, 22), at(26, 6))).toContain('昨天 22:00 到 今天 06:00');
    expect(shown('en', at(23, 22), at(24, 6))).toContain('Nov 23 22:00 to Nov 24 06:00');
  });
});
