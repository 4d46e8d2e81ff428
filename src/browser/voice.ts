/**
 * Reads a line out by a voice that lives on the phone. Voices that send the text to somebody else's
 * server are never used. A new line cuts the one before it short.
 */
export function say(text: string, language: string): void {
  const synthesis = globalThis.speechSynthesis;
  const voice = synthesis && localVoice(synthesis.getVoices(), language);
  if (!voice) return;
  synthesis.cancel();
  const line = new SpeechSynthesisUtterance(text);
  line.voice = voice;
  line.lang = voice.lang;
  line.rate = 1.15;
  synthesis.speak(line);
}

/** The voice for exactly this language, else for its first part; Android writes `zh_CN`. */
export function localVoice(
  voices: readonly SpeechSynthesisVoice[],
  language: string,
): SpeechSynthesisVoice | undefined {
  const local = voices.filter((voice) => voice.localService);
  const tag = (voice: SpeechSynthesisVoice) => voice.lang.replace('_', '-').toLowerCase();
  const [first = ''] = language.toLowerCase().split('-');
  return (
    local.find((voice) => tag(voice) === language.toLowerCase()) ??
    local.find((voice) => tag(voice).split('-')[0] === first)
  );
}
