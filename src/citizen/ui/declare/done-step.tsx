import { Button } from '../../../parts/button.tsx';
import type { Done } from '../../app/declarations/declarations-state.ts';
import css from '../parts/page.module.css';
import { useShowCode } from '../relatives/use-show-code.ts';
import { useApp, useCitizen, useWords } from '../use-citizen.ts';
import own from './declare.module.css';
import { Heading } from './heading.tsx';

/** It has come in: what is left, what to look at again, and the way to the code. */
export function DoneStep({ done }: { done: Done }) {
  const { declare } = useCitizen();
  const showCode = useShowCode();
  const whose = useApp((state) => state.declare.whose);
  const { t } = useWords();
  return (
    <section className={css['card']}>
      <Heading>{`✓ ${t('declare.done')}`}</Heading>
      {done.hadArrived && <p>{t('declare.arrived')}</p>}
      <p>{t('declare.left', { count: done.left })}</p>
      {done.hint && <p className={css['note']}>{t('declare.seen-elsewhere')}</p>}
      <div className={own['steps']}>
        <Button kind="primary" onClick={() => showCode(whose)}>
          {t('declare.toCode')}
        </Button>
        {done.left > 0 && <Button onClick={() => void declare.anew()}>{t('declare.anew')}</Button>}
      </div>
    </section>
  );
}
