import { useEffect } from 'react';
import { Paper } from '../../../parts/paper.tsx';
import { Shape } from '../../../parts/shape.tsx';
import { useApp, useWords } from '../use-ui.ts';
import css from './guard-paper.module.css';

const results = ['pass', 'temperature', 'check', 'stop', 'unknown'] as const;
const cases = [
  'screenshot',
  'noPhone',
  'family',
  'mistake',
  'offline',
  'noHub',
  'redBar',
  'dark',
] as const;
const toFillIn = ['boss', 'hotline', 'clinic'] as const;

/** The guard's card: one page of paper for the wall of the booth. Only printers see it, and at once. */
export function GuardPaper({ onPrinted }: { onPrinted: () => void }) {
  const { t } = useWords();
  // so that paper and screen never name a button differently
  const buttons = {
    high: t('temp.high'),
    normal: t('temp.normal'),
    admit: t('manual.admit'),
    refuse: t('manual.refuse'),
    manual: t('bar.manual'),
    light: t('camera.torch'),
    shift: t('bar.shift'),
    handOver: t('shift.handOver'),
  };
  const gate = useApp((state) => state.gate?.name);
  useEffect(() => {
    window.addEventListener('afterprint', onPrinted, { once: true });
    window.print();
    return () => window.removeEventListener('afterprint', onPrinted);
  }, [onPrinted]);
  return (
    <Paper className={css['sheet']}>
      <h1>
        {t('app.name')} · {t('paper.title')}
        {gate !== undefined && <small>{gate}</small>}
      </h1>
      <h2>{t('paper.begin')}</h2>
      <p>{t('paper.begin.how')}</p>
      <h2>{t('paper.cards')}</h2>
      <table>
        <tbody>
          {results.map((state) => (
            <tr key={state}>
              <td>
                <Shape state={state} />
              </td>
              <th scope="row">{t(`state.${state}`)}</th>
              <td>{t(`paper.${state}`, buttons)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <h2>{t('paper.cases')}</h2>
      <ul>
        {cases.map((one) => (
          <li key={one}>{t(`paper.${one}`, buttons)}</li>
        ))}
      </ul>
      <h2>{t('paper.finish')}</h2>
      <p>{t('paper.finish.how', buttons)}</p>
      <p>
        <strong>{t('paper.never')}</strong>
      </p>
      <dl>
        {toFillIn.map((one) => (
          <div key={one}>
            <dt>{t(`paper.${one}`)}</dt>
            <dd />
          </div>
        ))}
      </dl>
    </Paper>
  );
}
