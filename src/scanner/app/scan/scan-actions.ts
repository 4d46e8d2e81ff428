import type { ManualForm } from '../../../core/log/manual.ts';
import { bestEffort } from '../best-effort.ts';
import { registerByHand } from './manual-entry.ts';
import type { ScanSession } from './scan-session.ts';
import type { ScanParts } from './show-card.ts';
import type { WaysIn } from './ways-in.ts';

/** What is judged, and what the guard adds to a verdict. */
export interface ScanActions extends WaysIn, Pick<ScanSession, 'temperature' | 'setCompanions'> {
  /** Writes a person into the log who comes without a readable code; a flash says that it is done. */
  registerByHand(form: ManualForm): Promise<void>;
}

type Needs = Pick<ScanParts, 'store' | 'clock' | 'writer' | 'feedback'> & {
  readonly session: ScanSession;
  readonly waysIn: WaysIn;
};

export function createScanActions({ session, waysIn, ...parts }: Needs): ScanActions {
  return {
    ...waysIn,
    temperature: session.temperature,
    setCompanions: session.setCompanions,
    registerByHand: (form) => bestEffort(parts.store, () => registerByHand(parts, form)),
  };
}
