import { act, cleanup, render } from '@testing-library/react';
import type { ReactNode } from 'react';
import { vi } from 'vitest';
import { createStore } from 'zustand/vanilla';
import type { ManualForm } from '../../../src/core/log/manual.ts';
import type { Verdict } from '../../../src/core/verify/verdict.ts';
import type { PictureFile, ScannerReport } from '../../../src/ports/code-reader.ts';
import type { AppActions } from '../../../src/scanner/app/actions.ts';
import type { KioskPlan } from '../../../src/scanner/app/kiosk/kiosk-state.ts';
import type { Word } from '../../../src/scanner/app/scan/correct.ts';
import type { AppState } from '../../../src/scanner/app/state.ts';
import { App } from '../../../src/scanner/ui/app.tsx';
import { Boundary } from '../../../src/scanner/ui/parts/boundary.tsx';
import { UiContext } from '../../../src/scanner/ui/use-ui.ts';
import { loadLanguage, loadScreenWords } from '../../../src/scanner/words/translate.ts';
import { cardOf, readyState } from '../../support/gallery/states.ts';

// what the app loads when it is first wanted is here from the start
await Promise.all([
  loadLanguage('en'),
  loadLanguage('zh-TW'),
  import('../../../src/scanner/ui/shift/shift-sheet.tsx'),
  import('../../../src/scanner/ui/settings/settings-sheet.tsx'),
  import('../../../src/scanner/ui/scan/last-people.tsx'),
  import('../../../src/scanner/ui/supervisor/supervisor-word.tsx'),
]);

/** The whole UI over a store and actions that only remember what was asked. */
export function renderApp(change: Partial<AppState> = {}, shown: ReactNode = <App />) {
  const store = createStore<AppState>(() => ({ ...readyState, ...change }));
  const later = () => vi.fn(async () => {});
  const actions = {
    holdReading: vi.fn(),
    foundWarm: vi.fn(async () => {}),
    correct: vi.fn(async (_seq: number, _word: Word) => {}),
    setCompanions: vi.fn(async (_companions: number) => {}),
    scanEnrolment: later(),
    confirmEnrolment: later(),
    refuseEnrolment: later(),
    seeWindow: later(),
    enrolHere: later(),
    enrolElsewhere: later(),
    forgetDevice: later(),
    readPhone: later(),
    install: later(),
    runSelfCheck: later(),
    openSupervisor: vi.fn(async (_text: string) => {}),
    closeSupervisor: vi.fn(),
    changePin: vi.fn(async (_old: string, _pin: string) => {}),
    lookForPin: vi.fn(async () => {}),
    setFirstPin: vi.fn(async (_pin: string) => {}),
    takePinReset: vi.fn(async (_text: string) => {}),
    scanPinReset: vi.fn(async () => {}),
    resetPin: vi.fn(async (_pin: string) => {}),
    closePastShift: vi.fn(),
    showPastShift: vi.fn(async (_text: string) => {}),
    letIn: later(),
    refuse: vi.fn(async (_why: string) => {}),
    overrule: vi.fn(async (_why: string) => {}),
    registerByHand: vi.fn(async (_form: ManualForm) => {}),
    setWay: vi.fn(async (_way: 'in' | 'out') => {}),
    leaveByHand: later(),
    setLookOnly: vi.fn((_on: boolean) => {}),
    setHeads: vi.fn(async (_count: number) => {}),
    enrolDemo: later(),
    forgetGuard: vi.fn(async (_name?: string) => {}),
    startShift: vi.fn(async (_operator: string) => {}),
    turnKioskOn: vi.fn(async (_plan: KioskPlan) => {}),
    leaveKiosk: later(),
    endShift: later(),
    startCamera: later(),
    stopCamera: vi.fn(),
    setTorch: vi.fn(async (_on: boolean) => {}),
    nextLens: later(),
    nextZoom: later(),
    present: later(),
    readPicture: vi.fn(async (_file: PictureFile) => {}),
    chooseCode: vi.fn(async (_place?: number) => {}),
    dismissCard: vi.fn(),
    holdCard: vi.fn(() =>
      store.setState(({ card }) => (card ? { card: { ...card, held: true } } : {})),
    ),
    temperature: vi.fn(async (_reading: 'normal' | number) => {}),
    syncNow: later(),
    noteTwice: later(),
    handOver: later(),
    setScannedWith: later(),
    pauseShift: later(),
    resumeShift: later(),
    closeSummary: later(),
    prepareExport: later(),
    shareExport: later(),
    exportLog: later(),
    setSettings: vi.fn(async (settings: Partial<AppState['settings']>) =>
      store.setState((state) => ({ settings: { ...state.settings, ...settings } })),
    ),
    applyUpdate: vi.fn(),
  } satisfies AppActions;
  const unmountCamera = vi.fn();
  const mountCamera = vi.fn((_container: HTMLElement) => unmountCamera);
  const scanner: { report?: (report: ScannerReport) => void } = {};
  const testScanner = vi.fn((report: (report: ScannerReport) => void) => {
    scanner.report = report;
    return () => delete scanner.report;
  });
  const view = render(
    <UiContext value={{ store, actions, mountCamera, testScanner, version: '0.1.0' }}>
      <Boundary>{shown}</Boundary>
    </UiContext>,
  );
  return { ...view, store, actions, mountCamera, unmountCamera, scanner };
}

const loaded = () =>
  act(async () => {
    await Promise.all([
      import('../../../src/scanner/ui/enrol/enrol.tsx'),
      import('../../../src/scanner/ui/shift/start-shift.tsx'),
      import('../../../src/scanner/ui/verdict/verdict-card.tsx'),
    ]);
    await loadScreenWords();
    await new Promise((resolve) => setTimeout(resolve, 20));
  });
// screens that load when they are wanted are loaded here, so that the tests see them at once
for (const change of [
  { phase: 'enrol' as const },
  { card: cardOf({ state: 'stop', reason: 'revoked' }) },
]) {
  renderApp(change);
  await loaded();
  cleanup();
}
{
  const { shift: _, ...offShift } = readyState;
  const { store } = renderApp();
  act(() => store.setState(offShift, true));
  await loaded();
  cleanup();
}

/** A card past the moment in which it ignores taps. */
export function renderCard(verdict: Verdict, change: Partial<AppState> = {}) {
  const view = renderApp({ ...change, card: cardOf(verdict) });
  if (vi.isFakeTimers()) act(() => void vi.advanceTimersByTime(400));
  return view;
}
