import { type Admission, type Arrival, admit } from './admit.ts';
import {
  type Authenticated,
  authenticate,
  authenticateAgain,
  type Genuine,
  type Scene,
} from './authenticate.ts';
import { unlessFree } from './leaving.ts';
import { type Verdict, verdict } from './verdict.ts';

/** Everything a decision depends on, read once before it. */
export type VerifyContext = Scene & Omit<Arrival, 'completes'>;

/**
 * Is this pass good, here, now? Steps 1 to 9 of protocol 2, in that order; each goes on or ends with
 * one reason. Never rejects: an unexpected exception is `unknown/internal-error`.
 */
export async function verifyPass(text: string, context: VerifyContext): Promise<Verdict> {
  const opened = await openPass(text, context);
  return 'end' in opened ? opened.end : admitPass(opened.genuine, context).verdict;
}

/** Steps 1 to 7 alone, for whoever asks a memory on a disk between them and the rest. Never rejects. */
export const openPass = (text: string, scene: Scene): Promise<Authenticated> =>
  closed(async () => whereItEnds(await authenticate(text, scene), scene));

/** Steps 2 to 7 of a pass opened earlier, by another reading of the clock. Never rejects. */
export const reopenPass = (before: Genuine, scene: Scene): Promise<Authenticated> =>
  closed(async () => whereItEnds(await authenticateAgain(before, scene), scene));

const whereItEnds = (opened: Authenticated, scene: Scene): Authenticated =>
  'end' in opened ? { end: unlessFree(opened.end, scene) } : opened;

/** Steps 8 and 9. Never throws. */
export function admitPass(genuine: Genuine, arrival: Arrival): Admission {
  try {
    return admit(genuine, arrival);
  } catch {
    return { verdict: internalError(), sightings: [] };
  }
}

async function closed(step: () => Promise<Authenticated>): Promise<Authenticated> {
  try {
    return await step();
  } catch {
    return { end: internalError() };
  }
}

const internalError = (): Verdict => verdict('unknown', 'internal-error');
