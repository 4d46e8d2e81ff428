import { Suspense } from 'react';
import { unreachable } from '../core/result.ts';
import { Enrol } from './enrol/enrol.tsx';
import { Failed } from './enrol/failed.tsx';
import { Starting } from './enrol/starting.tsx';
import { late } from './parts/late.ts';
import { ScanScreen } from './scan/scan-screen.tsx';
import { StartShift } from './shift/start-shift.tsx';
import { useLook } from './use-look.ts';
import { useApp } from './use-ui.ts';

const Summary = late(async () => (await import('./report/summary.tsx')).Summary);

/** Which screen is on. One document: no navigation ever takes the camera away. */
export function App() {
  useLook();
  const phase = useApp((state) => state.phase);
  const onShift = useApp((state) => state.shift !== undefined);
  const summary = useApp((state) => state.summary);
  switch (phase) {
    case 'starting':
      return <Starting />;
    case 'failed':
      return <Failed />;
    case 'enrol':
      return <Enrol />;
    case 'ready':
      if (onShift) return <ScanScreen />;
      return summary ? (
        <Suspense>
          <Summary report={summary} />
        </Suspense>
      ) : (
        <StartShift />
      );
    default:
      return unreachable(phase);
  }
}
