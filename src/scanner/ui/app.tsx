import { Suspense } from 'react';
import { unreachable } from '../../core/result.ts';
import type { ShiftReport } from '../app/shift/shift-state.ts';
import { Failed } from './enrol/failed.tsx';
import { Starting } from './enrol/starting.tsx';
import { lazyScreen } from './parts/lazy-screen.ts';
import { ScanScreen } from './scan/scan-screen.tsx';
import { useLook } from './use-look.ts';
import { useApp } from './use-ui.ts';

const Enrol = lazyScreen(async () => (await import('./enrol/enrol.tsx')).Enrol);
const Enrolled = lazyScreen(async () => (await import('./enrol/enrolled.tsx')).Enrolled);
const Kiosk = lazyScreen(async () => (await import('./kiosk/kiosk.tsx')).Kiosk);
const StartShift = lazyScreen(async () => (await import('./shift/start-shift.tsx')).StartShift);
const Summary = lazyScreen<{ report: ShiftReport }>(
  async () => (await import('./report/summary.tsx')).Summary,
);

/** Which screen is on. One document: no navigation ever takes the camera away. */
export function App() {
  useLook();
  const phase = useApp((state) => state.phase);
  const onShift = useApp((state) => state.shift !== undefined);
  const isKiosk = useApp((state) => state.kiosk !== undefined);
  if (phase === 'ready' && onShift && !isKiosk) return <ScanScreen />;
  return (
    <Suspense fallback={<Starting />}>
      <OffShift phase={phase} />
    </Suspense>
  );
}

/** The screens without a camera are loaded when they are wanted. */
function OffShift({ phase }: { phase: 'starting' | 'failed' | 'enrol' | 'ready' }) {
  const digits = useApp((state) => state.enrolDigits);
  const summary = useApp((state) => state.summary);
  const isKiosk = useApp((state) => state.kiosk !== undefined);
  switch (phase) {
    case 'starting':
      return <Starting />;
    case 'failed':
      return <Failed />;
    case 'enrol':
      return <Enrol />;
    case 'ready':
      if (isKiosk) return <Kiosk />;
      if (digits !== undefined) return <Enrolled digits={digits} />;
      return summary ? <Summary report={summary} /> : <StartShift />;
    default:
      return unreachable(phase);
  }
}
