import type { Appeal } from '../../app/answers.ts';
import css from '../parts/page.module.css';
import { useWords } from '../use-citizen.ts';
import own from './appeals.module.css';

/** Each with what became of it. */
export function MyAppeals({ appeals }: { appeals: readonly Appeal[] }) {
  const { t } = useWords();
  return (
    <section className={css['card']}>
      <h2>{t('appeals.mine')}</h2>
      <ul className={own['list']}>
        {appeals.map((appeal) => (
          <One key={appeal.id} appeal={appeal} />
        ))}
      </ul>
    </section>
  );
}

function One({ appeal }: { appeal: Appeal }) {
  const { t, f } = useWords();
  const { at, text, outcome, answer, answeredAt } = appeal;
  const when = (time: number) => `${f.date(time)} ${f.time(time)}`;
  return (
    <li>
      <p className={own['outcome']}>{t(`appeals.${outcome ?? 'waiting'}`)}</p>
      <p className={css['hint']}>
        {`${t(`appeals.class.${appeal.class}`)} · ${t('appeals.sentAt', { time: when(at) })}`}
      </p>
      <p className={own['text']}>{text}</p>
      {answer !== undefined && (
        <div className={own['answer']}>
          <p>
            <strong>{t('appeals.answer')}</strong>
            {answeredAt !== undefined && ` · ${t('appeals.answered', { time: when(answeredAt) })}`}
          </p>
          <p className={own['text']}>{answer}</p>
        </div>
      )}
    </li>
  );
}
