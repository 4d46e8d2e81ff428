// @vitest-environment happy-dom
import { screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { epochMillis } from '../../../../src/core/units.ts';
import { TurnOn } from '../../../../src/scanner/ui/settings/turn-on.tsx';
import { SupervisorSheet } from '../../../../src/scanner/ui/supervisor/supervisor-sheet.tsx';
import { readyState } from '../../../support/gallery/states.ts';
import { renderApp } from '../render-app.tsx';

const at = (day: number, hour: number) => epochMillis(new Date(2026, 10, day, hour).getTime());
beforeEach(() => void vi.useFakeTimers({ now: at(26, 9), toFake: ['Date'] }));
afterEach(() => void vi.useRealTimers());

const pastShifts = [26, 25, 22].map((day) => ({
  id: `s${day}`,
  operator: '李 12',
  startedAt: at(day, 7),
  endedAt: at(day, 8),
  people: 9,
}));

it.each([
  ['zh-CN', '今天 07:00', '昨天 07:00', '11月22日 07:00'],
  ['zh-TW', '今天 07:00', '昨天 07:00', '11月22日 07:00'],
  ['en', 'today 07:00', 'yesterday 07:00', 'Nov 22 07:00'],
] as const)(
  'the supervisor reads of each past shift in %s when it was, seen from now',
  (language, ...days) => {
    const settings = { ...readyState.settings, language };
    renderApp(
      { settings, supervisor: { state: 'open' }, pastShifts },
      <SupervisorSheet onClose={() => {}} TurnOn={TurnOn} />,
    );
    const said = screen.getAllByRole('listitem').map(({ textContent }) => textContent);
    expect(said).toHaveLength(3);
    for (const [place, day] of days.entries()) expect(said[place]).toMatch(new RegExp(`^${day}`));
  },
);
