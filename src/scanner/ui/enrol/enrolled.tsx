import { Button } from '../../../parts/button.tsx';
import { Page } from '../parts/page.tsx';
import { useActions, useWords } from '../use-ui.ts';
import css from './enrolled.module.css';

/** Both screens show the same six digits, or somebody else was enrolled: protocol 4. */
export function Enrolled({ digits }: { digits: string }) {
  const { t } = useWords();
  const { confirmEnrolment } = useActions();
  return (
    <Page>
      <h1>{t('enrol.compare')}</h1>
      <p className={css['digits']}>{`${digits.slice(0, 3)} ${digits.slice(3)}`}</p>
      <p>{t('enrol.compareWhy')}</p>
      <Button kind="primary" onClick={confirmEnrolment}>
        {t('enrol.same')}
      </Button>
    </Page>
  );
}
