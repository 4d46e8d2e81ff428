import type { Standing, ToldFact } from '../../../core/health/desk-answers.ts';
import { DataTable } from '../parts/data-table.tsx';
import css from '../parts/desk.module.css';
import { useWords } from '../use-console.ts';
import own from './issuing.module.css';
import { millis, useScheme } from './scheme.ts';

/** A state by its scheme's own word; the edge tells how strict it is to who sees it. */
export function StateWord({ state }: { state: string }) {
  const { stateName, levelOf } = useScheme();
  return (
    <span className={own['state']} data-level={levelOf(state)}>
      {stateName(state)}
    </span>
  );
}

/** A state, what made it and until when. */
export function StandingFacts({ standing }: { standing: Standing }) {
  const { t, f } = useWords();
  const { noticeName } = useScheme();
  const { state, because, notices, declaredAt } = standing;
  return (
    <dl className={css['facts']}>
      <dt>{t('standing.state')}</dt>
      <dd>
        {state !== null && declaredAt !== null ? (
          <StateWord state={state} />
        ) : (
          t(declaredAt === null ? 'standing.none' : 'standing.unknown')
        )}
      </dd>
      <dt>{t('standing.why')}</dt>
      <dd>
        {because.length === 0 && t('standing.nothing')}
        {because.map(({ rule, class: why, until }) => (
          <div key={rule}>
            {until === undefined
              ? t(`class.${why}`)
              : t('standing.until', { why: t(`class.${why}`), time: f.stamp(millis(until)) })}{' '}
            <code>{rule}</code>
          </div>
        ))}
      </dd>
      {notices.length > 0 && (
        <>
          <dt>{t('standing.notices')}</dt>
          <dd>{notices.map(noticeName).join(' · ')}</dd>
        </>
      )}
      <dt>{t('standing.declared')}</dt>
      <dd>{declaredAt === null ? t('standing.never') : f.stamp(declaredAt)}</dd>
    </dl>
  );
}

/** What sources have told of somebody. */
export function ToldFacts({ facts }: { facts: readonly ToldFact[] }) {
  const { t, f } = useWords();
  const { kindName } = useScheme();
  if (facts.length === 0) return <p>{t('told.none')}</p>;
  return (
    <DataTable
      rows={facts}
      keyOf={({ source, id }) => `${source}/${id}`}
      columns={[
        { head: t('told.kind'), is: 'name', cell: ({ kind }) => kindName(kind) },
        { head: t('told.value'), cell: ({ value, district }) => value ?? district ?? '—' },
        { head: t('told.source'), cell: ({ source, id }) => `${source} / ${id}` },
        { head: t('told.at'), cell: ({ at }) => f.stamp(millis(at)) },
        {
          head: t('told.until'),
          cell: ({ until }) => (until === null ? t('told.open') : f.stamp(millis(until))),
        },
        {
          head: t('told.state'),
          cell: ({ withdrawnAt }) =>
            withdrawnAt === null
              ? t('told.counts')
              : t('told.withdrawn', { time: f.stamp(withdrawnAt) }),
        },
      ]}
    />
  );
}
