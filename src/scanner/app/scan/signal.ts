import type { Verdict } from '../../../core/verify/verdict.ts';
import type { Feedback } from '../../../ports/phone.ts';
import type { Settings } from '../phone/settings.ts';

/** The words read out for a verdict: never anything about the person. */
export type Spoken = (
  language: Settings['language'],
  verdict: Pick<Verdict, 'state' | 'reason'>,
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
