import { useEffect } from 'react';
import { shanghaiDay } from '../../../core/health/shanghai.ts';
import { Button } from '../../../parts/button.tsx';
import type { Declared } from '../../app/answers.ts';
import { Facts } from '../declare/facts.tsx';
import { WhosePicker } from '../declare/whose-picker.tsx';
import css from '../parts/page.module.css';
import { Refusal } from '../parts/refusal.tsx';
import { useApp, useCitizen, useWords } from '../use-citizen.ts';
import own from './record.module.css';

/** What was declared in 14 days, 打卡记录, the newest first. */
export function RecordPage() {
  const { record, declare } = useCitizen();
  const of = useApp((state) => state.place.of);
  const { declarations, loading, refusal } = useApp((state) => state.record);
  const isGrown = useApp(({ relatives }) =>
    relatives.relatives?.some(({ id, kind }) => id === of && kind === 'adult'),
  );
  const { t } = useWords();
  useEffect(() => void declare.knowDistricts(), [declare]);
  useEffect(() => {
    if (!isGrown) void record.open(of);
  }, [record, of, isGrown]);
  return (
    <div className={css['page']}>
      <WhosePicker page="record" label={t('record.whose')} />
      {isGrown ? (
        <p>{t('record.hidden')}</p>
      ) : (
        <>
          <p>{t('record.why')}</p>
          <Refusal why={refusal} />
          {refusal && <Button onClick={() => void record.open(of)}>{t('app.again')}</Button>}
          {!declarations && loading && <p role="status">{t('app.loading')}</p>}
          {declarations?.length === 0 && <p>{t('record.empty')}</p>}
          {declarations && <Days declarations={declarations} />}
        </>
      )}
    </div>
  );
}

/** One line a declaration; the first of a day is its last, which counts. */
function Days({ declarations }: { declarations: readonly Declared[] }) {
  const { t, f } = useWords();
  const counts = new Map<string, number>();
  for (const { at } of declarations) {
    const day = shanghaiDay(at);
    if (!counts.has(day)) counts.set(day, at);
  }
  return (
    <ol className={own['list']}>
      {declarations.map((one) => {
        const isLast = counts.get(shanghaiDay(one.at)) === one.at;
        return (
          <li key={one.at}>
            <details className={own['one']}>
              <summary>
                <span>{`${f.date(one.at)} ${f.time(one.at)}`}</span>
                <span data-counts={isLast}>{t(isLast ? 'record.counts' : 'record.replaced')}</span>
              </summary>
              <Facts of={one} />
            </details>
          </li>
        );
      })}
    </ol>
  );
}
