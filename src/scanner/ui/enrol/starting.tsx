import { Page } from '../parts/page.tsx';
import { useWords } from '../use-ui.ts';

export function Starting() {
  const { t } = useWords();
  return (
    <Page>
      <h1>{t('app.name')}</h1>
      <p role="status">{t('app.starting')}</p>
    </Page>
  );
}
