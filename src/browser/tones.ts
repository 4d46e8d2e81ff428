import type { Feedback } from '../ports/phone.ts';

/** Hertz, one after the other. Told apart with eyes closed: up, to and fro, twice low, once in the middle. */
const tones = {
  pass: { notes: [880, 1320], noteS: 0.11, vibration: [60] },
  repeat: { notes: [660, 440, 660, 440], noteS: 0.12, vibration: [60, 60, 60, 60, 60, 60, 60] },
  stop: { notes: [220, 220], noteS: 0.24, vibration: [250, 80, 250] },
  check: { notes: [590], noteS: 0.22, vibration: [120, 60, 120] },
  unknown: { notes: [440], noteS: 0.3, vibration: [120, 60, 120] },
  // two short clicks, no verdict: one step up, one down
  admitted: { notes: [520, 660], noteS: 0.06, vibration: [30] },
  refused: { notes: [520, 390], noteS: 0.06, vibration: [30, 40, 30] },
} as const;

const volume = 0.4;

/** Sounds and vibrates what a verdict or a word does; without a context that may sound, it only vibrates. */
export const play = (
  context: AudioContext | undefined,
  ...[state, { sound, vibration: isWanted }]: Parameters<Feedback['play']>
): void => {
  const { notes, noteS, vibration } = tones[state];
  // Before the first tap browsers refuse, and complain on the console.
  const mayVibrate = isWanted && navigator.userActivation?.hasBeenActive !== false;
  if (mayVibrate) navigator.vibrate?.([...vibration]);
  if (!sound || !context) return;
  for (const [place, hertz] of notes.entries()) beep(context, hertz, place * noteS, noteS);
};

function beep(context: AudioContext, hertz: number, afterS: number, lengthS: number): void {
  const from = context.currentTime + afterS;
  const until = from + lengthS * 0.9;
  const tone = new OscillatorNode(context, { type: 'triangle', frequency: hertz });
  const gain = new GainNode(context, { gain: 0 });
  gain.gain.setTargetAtTime(volume, from, 0.005);
  gain.gain.setTargetAtTime(0, until - 0.02, 0.005);
  tone.connect(gain).connect(context.destination);
  tone.start(from);
  tone.stop(until);
}
