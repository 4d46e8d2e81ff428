import { type ReactNode, useRef, useState } from 'react';
import type {
  Standing,
  WaitingAppeal,
  WaitingAppeals,
} from '../../../../core/health/desk-answers.ts';
import css from '../../parts/desk.module.css';
import { LoadedPages } from '../../parts/loaded-pages.tsx';
import { useConsole, useIssuing, useWords } from '../../use-console.ts';
import own from '../issuing.module.css';
import { useScheme } from '../scheme.ts';
import { StandingFacts, ToldFacts } from '../standing.tsx';
import { AnswerForm } from './answer-form.tsx';
import { stillWaiting } from './still-waiting.ts';

/** Those that wait, one of them open; the next one opens by itself when one is answered. */
export function AppealsPage() {
  const { t } = useWords();
  const { issuing } = useConsole();
  const query = useIssuing<WaitingAppeals>('/appeals');
  const { stateName } = useScheme();
  const [chosen, setChosen] = useState<string>();
  const [done, setDone] = useState<Standing>();
  const [answered, setAnswered] = useState<readonly string[]>([]);
  const heading = useRef<HTMLHeadingElement>(null);
  const ended = async (id: string, standing?: Standing) => {
    if (standing) setDone(standing);
    setChosen(undefined);
    setAnswered((known) => [...known, id]);
    await query.refresh();
    if (standing) heading.current?.focus();
  };
  const next = ({ appeals, more }: WaitingAppeals) => {
    const last = more ? appeals.at(-1) : undefined;
    return last && (() => issuing.get<WaitingAppeals>(`/appeals?after=${last.at}.${last.id}`));
  };
  const state = done?.state;
  return (
    <LoadedPages query={query} next={next} more={t('appeals.later')}>
      {(pages, later) => {
        const appeals = stillWaiting(pages, answered);
        const open = appeals.find(({ id }) => id === chosen) ?? appeals[0];
        return (
          <>
            <p role="status" className={done && css['note']}>
              {done &&
                t('appeals.done', {
                  state: state ? stateName(state) : t('standing.unknown'),
                })}
            </p>
            {appeals.length === 0 && !later && (
              <div className={css['box']}>
                <p>{t('appeals.none')}</p>
              </div>
            )}
            {open && (
              <div className={own['beside']}>
                <AppealList
                  {...{ appeals, later }}
                  waiting={query.data?.waiting ?? appeals.length}
                  open={open.id}
                  onOpen={setChosen}
                />
                <section className={css['box']} aria-labelledby="appeal">
                  <h3 id="appeal" tabIndex={-1} ref={heading}>
                    {t('appeals.one', { name: open.name })}
                  </h3>
                  <Appeal appeal={open} />
                  <AnswerForm
                    key={open.id}
                    appeal={open}
                    onDone={(standing) => void ended(open.id, standing)}
                    onGone={() => void ended(open.id)}
                  />
                </section>
              </div>
            )}
            {!open && later}
          </>
        );
      }}
    </LoadedPages>
  );
}

interface ListProps {
  appeals: readonly WaitingAppeal[];
  /** How many wait, shown here or not. */
  waiting: number;
  /** The button for those after. */
  later: ReactNode;
  open: string;
  onOpen: (id: string) => void;
}

function AppealList({ appeals, waiting, later, open, onOpen }: ListProps) {
  const { t } = useWords();
  const ago = useAge();
  return (
    <section aria-label={t('issuing.appeals')}>
      <p className={css['hint']}>{t('appeals.count', { count: waiting })}</p>
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
      {later}
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
