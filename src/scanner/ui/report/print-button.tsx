import { Button } from '../../../parts/button.tsx';
import { useWords } from '../use-ui.ts';

/** Prints what is on screen; buttons stay off the paper. */
export function PrintButton() {
  const { t } = useWords();
  return <Button onClick={() => window.print()}>{t('report.print')}</Button>;
}
