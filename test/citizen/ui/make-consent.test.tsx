// @vitest-environment happy-dom
import { act, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createStore } from 'zustand/vanilla';
import type { Citizen } from '../../../src/citizen/app/citizen.ts';
import { createFamily } from '../../../src/citizen/app/relatives/family-actions.ts';
import { noFamilyAct } from '../../../src/citizen/app/relatives/family-state.ts';
import { sliceOf } from '../../../src/citizen/app/slice-of.ts';
import type { CitizenStore } from '../../../src/citizen/app/store.ts';
import { MakeConsent } from '../../../src/citizen/ui/relatives/make-consent.tsx';
import { CitizenContext } from '../../../src/citizen/ui/use-citizen.ts';
import { ok } from '../../../src/core/result.ts';
import { epochMillis, epochSeconds } from '../../../src/core/units.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('a consent code is gone from the page when it is over by the server’s time, whatever this phone’s clock says', async () => {
  const now = epochMillis(Date.now() - 86_400_000); // this phone is a day ahead
  const exp = epochSeconds(Math.floor(now / 1000) + 600);
  const store = createStore(() => ({
    ...{ settings: { language: 'zh-CN' }, family: noFamilyAct },
  })) as unknown as CitizenStore;
  const never = async () => {
    throw new Error('not asked');
  };
  const family = createFamily({
    ...{ slice: sliceOf(store, 'family'), list: () => ({}), refresh: never, now: () => now },
    remote: {
      ...{ addChild: never, addByConsent: never, dropRelative: never },
      makeConsent: async () => ok({ code: 'ABCDEFGHJK', exp, now }),
    },
  });
  render(
    <CitizenContext value={{ store, family } as unknown as Citizen}>
      <MakeConsent />
    </CitizenContext>,
  );
  await act(async () => screen.getByRole('button', { name: '生成授权码' }).click());
  expect(screen.getByText('ABCDE FGHJK')).toBeTruthy();
  act(() => void vi.advanceTimersByTime(598_000));
  expect(screen.queryByText('ABCDE FGHJK')).toBeTruthy();
  act(() => void vi.advanceTimersByTime(3000));
  expect(screen.queryByText('ABCDE FGHJK')).toBeNull();
  expect(screen.getByText('授权码已过期。')).toBeTruthy();
});
