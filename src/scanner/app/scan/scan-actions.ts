import type { ScanSession } from './scan-session.ts';
import type { WaysIn } from './ways-in.ts';

/** What is judged, and what the guard adds to a verdict. */
export interface ScanActions
  extends WaysIn,
    Pick<
      ScanSession,
      | 'temperature'
      | 'foundWarm'
      | 'correct'
      | 'setCompanions'
      | 'letIn'
      | 'refuse'
      | 'overrule'
      | 'registerByHand'
    > {}

interface Needs {
  readonly session: ScanSession;
  readonly waysIn: WaysIn;
}

export function createScanActions({ session, waysIn }: Needs): ScanActions {
  const { letIn, refuse, overrule, registerByHand } = session;
  return {
    ...waysIn,
    temperature: session.temperature,
    foundWarm: session.foundWarm,
    correct: session.correct,
    setCompanions: session.setCompanions,
    letIn,
    refuse,
    overrule,
    registerByHand,
  };
}
