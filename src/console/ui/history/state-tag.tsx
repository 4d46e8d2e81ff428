import { useDesk } from '../use-console.ts';
import own from './history.module.css';
import { logSpeech } from './log-words.ts';

const marks: Readonly<Record<string, string>> = { pass: '✓', check: '!', stop: '✕', unknown: '?' };

/** A verdict by word, sign and colour. */
export function StateTag({ state }: { state: string }) {
  const { say } = logSpeech(useDesk(({ language }) => language));
  return (
    <span className={own['tag']} data-state={state}>
      <span aria-hidden="true">{marks[state]}</span> {say('finalState', state)}
    </span>
  );
}
