import { useEffect, useState } from 'react';
import type { OwnApplication } from '../../../core/place/application.ts';
import { Button } from '../../../parts/button.tsx';
import { untilText, yearText } from '../code/shanghai-time.ts';
import css from '../parts/page.module.css';
import { Refusal } from '../parts/refusal.tsx';
import { useApp, useCitizen, useWords } from '../use-citizen.ts';
import { useVisitsWords } from '../visits/use-visits-words.ts';
import { OwnPoster } from './own-poster.tsx';
import { VenueForm } from './venue-form.tsx';
import own from './venues.module.css';

/** 申请场所码: for whoever puts a code up at an entrance. */
export function VenuesPage() {
  const { venues, declare } = useCitizen();
  const { applications, loading, refusal, isDone } = useApp((state) => state.venues);
  const [opened, setOpened] = useState<string>();
  const t = useVisitsWords();
  const { t: common } = useWords();
  useEffect(() => {
    void venues.refresh();
    void declare.knowDistricts();
  }, [venues, declare]);
  // what is no longer good has no poster: the next answer takes it away
  const good = applications?.find(({ id, code }) => id === opened && code?.state === 'valid')?.code;
  if (good) return <OwnPoster code={good} onBack={() => setOpened(undefined)} />;
  return (
    <div className={css['page']}>
      <p>{t('venues.why')}</p>
      <Refusal why={refusal} />
      {refusal && <Button onClick={() => void venues.refresh()}>{common('app.again')}</Button>}
      {!applications && loading && <p role="status">{common('app.loading')}</p>}
      <p role="status" className={own['did']}>
        {isDone && `✓ ${t('venues.done')}`}
      </p>
      {applications && applications.length > 0 && (
        <Mine applications={applications} onOpen={setOpened} />
      )}
      <VenueForm />
    </div>
  );
}

interface MineProps {
  applications: readonly OwnApplication[];
  onOpen: (id: string) => void;
}

function Mine({ applications, onOpen }: MineProps) {
  const language = useApp(({ settings }) => settings.language);
  const t = useVisitsWords();
  return (
    <section className={css['card']}>
      <h2>{t('venues.mine')}</h2>
      <ul className={own['list']}>
        {applications.map(({ id, name, state, at, reason, code }) => (
          <li key={id}>
            <strong>{name}</strong>
            <span>
              {untilText(at, language)} · <b>{t(`venues.state.${state}`)}</b>
            </span>
            {reason !== undefined && <p>{reason}</p>}
            {code && (
              <span>
                {t(`venues.code.${code.state}`, { until: yearText(code.exp * 1000, language) })}
              </span>
            )}
            {code?.state === 'valid' && (
              <Button onClick={() => onOpen(id)}>
                {t('venues.poster', { name: code.place?.name ?? name })}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
