import { useRef, useState } from 'react';
import type { Standing, WaitingAppeal } from '../../../../core/health/desk-answers.ts';
import css from '../../parts/desk.module.css';
import { Loaded } from '../../parts/loaded.tsx';
import { useIssuing, useWords } from '../../use-console.ts';
import own from '../issuing.module.css';
import { useScheme } from '../scheme.ts';
import { StandingFacts, ToldFacts } from '../standing.tsx';
import { AnswerForm } from './answer-form.tsx';

interface Appeals {
  readonly appeals: readonly WaitingAppeal[];
}

/** Those that wait, one of them open; the next one opens by itself when one is answered. */
export function AppealsPage() {
  const { t } = useWords();
  const query = useIssuing<Appeals>('/appeals');
  const { stateName } = useScheme();
  const [chosen, setChosen] = useState<string>();
  const [done, setDone] = useState<Standing>();
  const heading = useRef<HTMLHeadingElement>(null);
  const answered = async (standing: Standing) => {
    setDone(standing);
    setChosen(undefined);
    await query.refresh();
    heading.current?.focus();
  };
  const state = done?.state;
  return (
    <Loaded query={query}>
      {({ appeals }) => {
        const open = appeals.find(({ id }) => id === chosen) ?? appeals[0];
        return (
          <>
            <p role="status" className={done && css['note']}>
              {done &&
                t('appeals.done', {
                  state: state ? stateName(state) : t('standing.unknown'),
                })}
            </p>
            {appeals.length === 0 && (
              <div className={css['box']}>
                <p>{t('appeals.none')}</p>
              </div>
            )}
            {open && (
              <div className={own['beside']}>
                <AppealList appeals={appeals} open={open.id} onOpen={setChosen} />
                <section className={css['box']} aria-labelledby="appeal">
                  <h3 id="appeal" tabIndex={-1} ref={heading}>
                    {t('appeals.one', { name: open.name })}
                  </h3>
                  <Appeal appeal={open} />
                  <AnswerForm
                    key={open.id}
                    appeal={open}
                    onDone={(standing) => void answered(standing)}
                    onGone={() => void query.refresh()}
                  />
                </section>
              </div>
            )}
          </>
        );
      }}
    </Loaded>
  );
}

interface ListProps extends Appeals {
  open: string;
  onOpen: (id: string) => void;
}

function AppealList({ appeals, open, onOpen }: ListProps) {
  const { t } = useWords();
  const ago = useAge();
  return (
    <section aria-label={t('issuing.appeals')}>
      <p className={css['hint']}>{t('appeals.count', { count: appeals.length })}</p>
      <ol className={own['waiting']}>
        {appeals.map(({ id, name, at, class: why }) => (
          <li key={id}>
            <button
              type="button"
              aria-current={id === open || undefined}
              onClick={() => onOpen(id)}
            >
              <strong>{name}</strong>
              <span>{ago(at)}</span>
              <span>{t(`class.${why}`)}</span>
            </button>
          </li>
        ))}
      </ol>
    </section>
  );
}

function Appeal({ appeal }: { appeal: WaitingAppeal }) {
  const { t, f } = useWords();
  const ago = useAge();
  return (
    <>
      <p className={css['hint']}>
        <code>{appeal.number}</code> ·{' '}
        {t('appeals.came', { age: ago(appeal.at), time: f.stamp(appeal.at) })}
      </p>
      <dl className={css['facts']}>
        <dt>{t('appeals.about')}</dt>
        <dd>{t(`class.${appeal.class}`)}</dd>
        <dt>{t('appeals.text')}</dt>
        <dd className={own['said']}>{appeal.text}</dd>
      </dl>
      <StandingFacts standing={appeal.standing} />
      <h4>{t('told.title')}</h4>
      <ToldFacts facts={appeal.facts} />
    </>
  );
}

/** How long ago, by this browser's clock. */
function useAge(): (at: number) => string {
  const { f } = useWords();
  return (at) => f.ago((Date.now() - at) / 1000);
}
