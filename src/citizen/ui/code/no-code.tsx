import { Button } from '../../../parts/button.tsx';
import { Phrase } from '../../../parts/phrase.tsx';
import css from '../parts/page.module.css';
import { refusalText } from '../parts/refusal.tsx';
import { useApp, useCitizen, useWords } from '../use-citizen.ts';

/** In place of the code: what is in its way, and what to do. */
export function NoCode() {
  const { code } = useCitizen();
  const refusal = useApp((state) => state.code.refusal);
  const problem = useApp((state) => state.code.dayProblem);
  const { t } = useWords();
  if (!refusal && !problem)
    return (
      <p className={css['card']} role="status">
        {t('code.making')}
      </p>
    );
  return (
    <section className={css['card']} role="alert">
      {refusal && <p className={css['note']}>{refusalText(t, refusal)}</p>}
      {problem && (
        <p>
          <Phrase text={t(`code.day.${problem}`)} />
        </p>
      )}
      <p className={css['hint']}>
        <Phrase text={t('code.without')} />
      </p>
      <Button onClick={code.again}>{t('code.again')}</Button>
    </section>
  );
}

/** Nothing was declared, so there is no code: the way there. */
export function DeclareFirst() {
  const { place } = useCitizen();
  const whose = useApp((state) => state.code.whose);
  const { t } = useWords();
  return (
    <section className={css['card']}>
      <h2>{t('code.declareFirst')}</h2>
      <p>
        <Phrase text={t('code.declareFirstWhy')} />
      </p>
      <Button kind="primary" onClick={() => place.go('declare', whose === '' ? undefined : whose)}>
        {t('code.declare')}
      </Button>
    </section>
  );
}
