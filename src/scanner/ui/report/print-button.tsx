import { useState } from 'react';
import { flushSync } from 'react-dom';
import { Button } from '../../../parts/button.tsx';
import type { ShiftReport } from '../../app/shift/shift-state.ts';
import { useWords } from '../use-ui.ts';
import { ReportPaper } from './report-paper.tsx';

/** Prints the report on paper of its own; what is on the screen stays there. */
export function PrintButton({ report }: { report: ShiftReport }) {
  const { t } = useWords();
  const [printedAt, setPrintedAt] = useState(() => Date.now());
  const print = () => {
    flushSync(() => setPrintedAt(Date.now()));
    window.print();
  };
  return (
    <>
      <Button onClick={print}>{t('report.print')}</Button>
      {report.paper && <ReportPaper report={report} paper={report.paper} printedAt={printedAt} />}
    </>
  );
}
