import type { HandedOver } from '../../app/stores.ts';
import { useWords } from '../use-ui.ts';
import css from './pending.module.css';

/** What is not finished when one guard leaves and the next begins. Nothing of it keeps anybody. */
export function Pending({ left }: { left: Omit<HandedOver, 'operator'> }) {
  const { t, f } = useWords();
  const { unsynced, notRecorded, fault, problem } = left;
  const lines = [
    unsynced > 0 && t('hand.unsynced', { n: f.number(unsynced) }),
    notRecorded > 0 && t('last.open', { n: f.number(notRecorded) }),
    fault !== undefined && t(`fault.${fault}.title`),
    problem !== undefined && t(`sync.${problem}`),
  ].filter((line) => line !== false);
  if (lines.length === 0) return <p>{t('hand.nothing')}</p>;
  return (
    <ul className={css['pending']}>
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}
