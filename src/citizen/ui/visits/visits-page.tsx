import { useEffect } from 'react';
import { Button } from '../../../parts/button.tsx';
import { untilText } from '../code/shanghai-time.ts';
import css from '../parts/page.module.css';
import { Refusal } from '../parts/refusal.tsx';
import { useApp, useCitizen, useWords } from '../use-citizen.ts';
import { useVisitsWords } from './use-visits-words.ts';
import own from './visits.module.css';

/** Where one has been, by the server's word; before it what this phone has not brought there yet. */
export function VisitsPage() {
  const { visits } = useCitizen();
  const { seen, waiting, loading, refusal } = useApp((state) => state.visits);
  const t = useVisitsWords();
  const { t: common } = useWords();
  useEffect(() => {
    void visits.send().then(visits.refresh);
  }, [visits]);
  return (
    <div className={css['page']}>
      <p>{t('visits.why')}</p>
      {waiting.length > 0 && (
        <section className={css['card']}>
          <h2>{t('visits.waiting')}</h2>
          <p>{t('visits.waitingWhy')}</p>
          <List
            items={waiting
              .map(({ relatives, ...one }) => ({ ...one, with: relatives.length }))
              .sort((a, b) => b.at - a.at)}
          />
        </section>
      )}
      <NotTaken />
      <Refusal why={refusal} />
      {refusal && <Button onClick={() => void visits.refresh()}>{common('app.again')}</Button>}
      {!seen && loading && <p role="status">{common('app.loading')}</p>}
      {seen?.length === 0 && waiting.length === 0 && <p>{t('visits.none')}</p>}
      {seen && <List items={seen} />}
    </div>
  );
}

interface Item {
  readonly id: string;
  readonly place: string;
  readonly at: number;
  readonly with: number;
}

function List({ items }: { items: readonly Item[] }) {
  const language = useApp(({ settings }) => settings.language);
  const t = useVisitsWords();
  return (
    <ol className={own['list']}>
      {items.map((one) => (
        <li key={one.id}>
          <strong>{one.place}</strong>
          <span>
            {untilText(one.at * 1000, language)}
            {one.with > 0 && ` · ${t('visits.with', { count: one.with })}`}
          </span>
        </li>
      ))}
    </ol>
  );
}

/** What will never be taken, and why: so that nobody believes it was. */
function NotTaken() {
  const { refused, leftOut } = useApp((state) => state.visits);
  const language = useApp(({ settings }) => settings.language);
  const t = useVisitsWords();
  if (refused.length === 0 && leftOut === 0) return null;
  return (
    <section className={css['card']} role="status">
      <h2>{t('visits.refusedTitle')}</h2>
      {leftOut > 0 && <p>{t('visits.leftOut', { count: leftOut })}</p>}
      <ul className={own['list']}>
        {refused.map(({ place, at, why }) => (
          <li key={`${place} ${at}`}>
            <strong>{place}</strong>
            <span>
              {untilText(at * 1000, language)} · {t(`visits.refused.${why}`)}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
