import type { Feedback } from '../ports/phone.ts';

interface AudioSession {
  type: string;
}

/** Sound by Web Audio, vibration where there is one. Never throws: a silent verdict is still one. */
export function createFeedback(): Feedback {
  let context: AudioContext | undefined;
  const unlock = () => {
    try {
      const { audioSession } = navigator as { audioSession?: AudioSession };
      if (audioSession) audioSession.type = 'playback'; // sounds although the ring switch is off
      context ??= new AudioContext();
      context.resume().catch(() => undefined);
    } catch {
      context = undefined;
    }
  };
  // A page loaded anew in mid-shift had no shift-start tap: its first tap will do.
  window.addEventListener('click', unlock, { capture: true, once: true });
  return {
    unlock,
    say: (text, language) =>
      void import('./voice.ts').then(({ say }) => say(text, language)).catch(() => undefined),
    play(state, how) {
      if (how.sound && context && context.state !== 'running') unlock();
      void import('./tones.ts')
        .then(({ play }) => play(context, state, how))
        .catch(() => undefined);
    },
  };
}
