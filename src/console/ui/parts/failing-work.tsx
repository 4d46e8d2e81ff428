import { useEffect } from 'react';
import type { Failing } from '../../../core/console/failing.ts';
import { useMay, useQuery, useWords } from '../use-console.ts';
import css from './desk.module.css';

const lookMs = 5 * 60_000;

/** What the hub does by itself and cannot do now, with the remedy; for those who can mend it, on every page. */
export function FailingWork() {
  return useMay('operators:manage') ? <Told /> : null;
}

function Told() {
  const { t, f } = useWords();
  const { data, refresh } = useQuery<Failing>('/failing');
  useEffect(() => {
    const timer = setInterval(() => void refresh(), lookMs);
    return () => clearInterval(timer);
  }, [refresh]);
  return (
    <div role="status">
      {data?.failing.map(({ what, problem, since, at }) => (
        <p key={what} className={css['note']} data-kind="wrong">
          {t(`failing.${what}`, { since: f.dayTime(since, at) })} {t(remedyOf(problem))}
        </p>
      ))}
    </div>
  );
}

const remedies = ['no-folder', 'no-room', 'no-database'] as const;

function remedyOf(problem: string) {
  const known = remedies.find((one) => one === problem);
  return `failing.${known ?? 'failed'}` as const;
}
