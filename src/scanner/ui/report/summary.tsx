import { Button } from '../../../parts/button.tsx';
import type { ShiftReport } from '../../app/shift/shift-state.ts';
import { StorageBar } from '../parts/bars.tsx';
import { Page } from '../parts/page.tsx';
import { ExportPanel } from '../shift/export-panel.tsx';
import { SyncPanel } from '../shift/sync-panel.tsx';
import { useActions, useWords } from '../use-ui.ts';
import { PrintButton } from './print-button.tsx';
import { ReportView } from './report-view.tsx';

/** After the shift: what it came to, whether all of it is uploaded, and a file of it to take along. */
export function Summary({ report }: { report: ShiftReport }) {
  const { t } = useWords();
  const { closeSummary } = useActions();
  return (
    <Page>
      <h1>{t('report.title')}</h1>
      <StorageBar />
      <SyncPanel />
      <ReportView report={report} />
      <ExportPanel />
      <PrintButton report={report} />
      <Button kind="primary" onClick={closeSummary}>
        {t('report.done')}
      </Button>
    </Page>
  );
}
