import { Button } from '../../../parts/button.tsx';
import { formOf } from '../../app/declarations/declarations-state.ts';
import { readForm } from '../../app/declarations/form.ts';
import css from '../parts/page.module.css';
import { Refusal } from '../parts/refusal.tsx';
import { useApp, useCitizen, useWords } from '../use-citizen.ts';
import own from './declare.module.css';
import { Facts } from './facts.tsx';
import { Heading } from './heading.tsx';
import { NoneLeft } from './none-left.tsx';

/** Everything once more before it is sent; a send that failed leaves it all here. */
export function ReviewStep() {
  const { declare } = useCitizen();
  const state = useApp((all) => all.declare);
  const { t } = useWords();
  const { sending, refusal, about, doubtSince } = state;
  const read = readForm(formOf(state));
  const isOnceTried = refusal !== undefined || doubtSince !== undefined;
  const isFull = refusal?.code === 'declared-thrice';
  return (
    <section className={css['card']}>
      <Heading>{t('declare.reviewTitle')}</Heading>
      <p>{t('declare.reviewWhy')}</p>
      {about && <p className={css['hint']}>{t('declare.for', { name: about.name })}</p>}
      {read.ok && <Facts of={read.value} />}
      {isFull ? <NoneLeft /> : <Refusal why={refusal} />}
      <div role="status">
        {sending && <p>{t('declare.sending')}</p>}
        {!sending && isOnceTried && (
          <p>{t(doubtSince === undefined ? 'declare.keptRefused' : 'declare.kept')}</p>
        )}
        {!sending && doubtSince !== undefined && about?.seesAll && (
          <p>{t('declare.checksFirst')}</p>
        )}
      </div>
      <div className={own['steps']}>
        <Button kind="primary" disabled={sending || isFull} onClick={() => void declare.send()}>
          {t(isOnceTried ? 'declare.sendAgain' : 'declare.send')}
        </Button>
        <Button disabled={sending} onClick={declare.back}>
          {t('declare.back')}
        </Button>
      </div>
    </section>
  );
}
