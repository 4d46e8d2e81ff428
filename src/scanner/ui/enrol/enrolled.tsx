import { spaced } from '../../../core/enrol/fingerprint.ts';
import { Button } from '../../../parts/button.tsx';
import { Page } from '../parts/page.tsx';
import { useActions, useWords } from '../use-ui.ts';
import css from './enrolled.module.css';

/** Both screens show the same six digits, or somebody else was enrolled: protocol 4. */
export function Enrolled({ digits }: { digits: string }) {
  const { t } = useWords();
  const { confirmEnrolment, refuseEnrolment } = useActions();
  return (
    <Page>
      <h1>{t('enrol.compare')}</h1>
      <p className={css['digits']}>{spaced(digits)}</p>
      <p>{t('enrol.compareWhy')}</p>
      <Button kind="primary" onClick={() => void confirmEnrolment()}>
        {t('enrol.same')}
      </Button>
      <Button kind="danger" onClick={() => void refuseEnrolment()}>
        {t('enrol.differ')}
      </Button>
    </Page>
  );
}
