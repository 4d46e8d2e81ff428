import { Button } from '../../../parts/button.tsx';
import { Bilingual } from '../parts/bilingual.tsx';
import { Page } from '../parts/page.tsx';
import { useApp } from '../use-ui.ts';
import css from './failed.module.css';

/** The scanner could not start: what broke, what to do, and the code for the help desk. */
export function Failed() {
  const fault = useApp((state) => state.fault) ?? 'internal';
  return (
    <Page>
      <div role="alert" className={css['words']}>
        <h1>
          <Bilingual text={(t) => t(`fault.${fault}.title`)} />
        </h1>
        <p>
          <Bilingual text={(t) => t(`fault.${fault}.next`)} />
        </p>
        <p>
          <code>{fault}</code>
        </p>
      </div>
      <Button kind="primary" onClick={() => location.reload()}>
        <span>
          <Bilingual text={(t) => t('app.reload')} />
        </span>
      </Button>
    </Page>
  );
}
