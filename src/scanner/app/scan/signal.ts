import type { Verdict } from '../../../core/verify/verdict.ts';
import type { Feedback } from '../../../ports/phone.ts';
import type { Settings } from '../phone/settings.ts';

/**
 * The words read out for a verdict: never anything about the person. `isAlone`: where nobody stands
 * beside them, and all that is not `pass` is one sentence.
 */
export type Spoken = (
  language: Settings['language'],
  verdict: Pick<Verdict, 'state' | 'reason'>,
  isAlone?: boolean,
) => string;

/** One code in two hands has a sound of its own: the ear is on it when the eye is on the queue. */
const isRepeat = ({ reason }: Pick<Verdict, 'reason'>) =>
  reason === 'already-scanned' || reason === 'shown-elsewhere';

/** Who has left is no pass to the ear either. */
const toneOf = (verdict: Pick<Verdict, 'state' | 'reason'>) =>
  verdict.reason === 'left' ? 'admitted' : isRepeat(verdict) ? 'repeat' : verdict.state;

/** Makes a verdict heard and felt, as far as the guard wants it. Quiet mode leaves the vibration. */
export function signal(
  feedback: Feedback,
  settings: Settings,
  verdict: Pick<Verdict, 'state' | 'reason'>,
  spoken: Spoken,
): void {
  const { sound, vibration, voice, quiet, language } = settings;
  feedback.play(toneOf(verdict), {
    sound: sound && !quiet,
    vibration,
  });
  if (voice && !quiet) feedback.say(spoken(language, verdict), language);
}

/**
 * The same at a kiosk: heard by everybody in the queue, so one calm tone and one sentence for all that is
 * not a pass. It speaks without having been asked to: nobody is there to read it out.
 */
export function signalAlone(
  feedback: Feedback,
  { sound, quiet, language }: Settings,
  verdict: Pick<Verdict, 'state' | 'reason'>,
  spoken: Spoken,
): void {
  const tone = verdict.state === 'pass' ? 'pass' : 'check';
  feedback.play(tone, { sound: sound && !quiet, vibration: false });
  if (!quiet) feedback.say(spoken(language, verdict, true), language);
}
