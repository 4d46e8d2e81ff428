import { useApp, useWords } from '../use-ui.ts';
import { useGateName } from './use-twice.ts';

/** Codes of these hours that another gate of the site let in as well; nothing where there are none. */
export function TwiceList({ from, to }: { from: number; to: number }) {
  const twice = useApp((state) => state.twice);
  const nameOf = useGateName();
  const { t, f } = useWords();
  const theirs = (twice ?? []).filter(({ at }) => at >= from && at <= to);
  if (theirs.length === 0) return null;
  return (
    <section>
      <p>
        <strong>{t('twice.title')}</strong>
      </p>
      <ul>
        {theirs.map((one) => (
          <li key={`${one.seq} ${one.gate}`}>
            <time>{f.time(one.at, true)}</time> ·{' '}
            {t('twice.line', { gate: nameOf(one), time: f.time(one.otherAt, true) })}
          </li>
        ))}
      </ul>
    </section>
  );
}
