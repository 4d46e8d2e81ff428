import { useEffect, useState } from 'react';
import type { Language } from '../../../core/terms.ts';
import { isLoaded, loadLanguage, loadScreenWords, type Translate } from '../../words/translate.ts';
import { useWords, wordsOf } from '../use-ui.ts';
import css from './languages.module.css';

const all: readonly Language[] = ['zh-CN', 'en', 'zh-TW'];

/** A line in the chosen language, great, and in the two others beneath: whoever comes reads one of them. */
export function InThree({ text }: { text: (t: Translate) => string }) {
  const { language, t } = useWords();
  const areThere = useAll();
  const others = areThere ? all.filter((one) => one !== language) : [];
  const lines = others.map((other) => [other, text(wordsOf(other).t)] as const);
  const said = [text(t), ...lines.map(([, line]) => line)];
  // 通行 is 通行 in both
  const read = lines.filter(([, line], at) => said.indexOf(line) === at + 1);
  return (
    <p className={css['lines']}>
      <span className={css['first']}>{text(t)}</span>
      {read.map(([other, line]) => (
        <span key={other} lang={other} className={css['other']}>
          {line}
        </span>
      ))}
    </p>
  );
}

/** Loads the other languages; until they are there the chosen one has to do. */
function useAll(): boolean {
  const [, setLoads] = useState(0);
  const areThere = all.every(isLoaded);
  useEffect(() => {
    if (areThere) return;
    Promise.all([loadScreenWords(), ...all.map(loadLanguage)]).then(
      () => setLoads((loads) => loads + 1),
      () => undefined,
    );
  }, [areThere]);
  return areThere;
}
