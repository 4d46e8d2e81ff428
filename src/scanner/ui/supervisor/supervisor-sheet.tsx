import { useState } from 'react';
import { Button } from '../../../parts/button.tsx';
import { Sheet } from '../parts/sheet.tsx';
import { PrintButton } from '../report/print-button.tsx';
import { ReportView } from '../report/report-view.tsx';
import { ExportPanel } from '../shift/export-panel.tsx';
import { useActions, useApp, useWords } from '../use-ui.ts';
import { PinForm } from './pin-form.tsx';
import css from './supervisor-sheet.module.css';

/** The supervisor's page behind a PIN: past shifts, their reports, exports, a new PIN. */
export function SupervisorSheet({ onClose }: { onClose: () => void }) {
  const open = useApp((state) => state.supervisor.state === 'open');
  const { t } = useWords();
  const { openSupervisor, closeSupervisor } = useActions();
  const leave = () => {
    closeSupervisor();
    onClose();
  };
  return (
    <Sheet title={t('boss.title')} onClose={leave}>
      {open ? <Open /> : <PinForm lead={t('boss.lead')} onPin={openSupervisor} />}
    </Sheet>
  );
}

function Open() {
  const report = useApp((state) => state.summary);
  const { t } = useWords();
  const { changePin, closeSummary } = useActions();
  const [changing, setChanging] = useState(false);
  if (report)
    return (
      <>
        <ReportView report={report} />
        <ExportPanel shift={report.id} />
        <PrintButton />
        <Button onClick={closeSummary}>{t('boss.back')}</Button>
      </>
    );
  const change = async (pin: string) => {
    await changePin(pin);
    setChanging(false);
  };
  return (
    <>
      <PastShifts />
      {changing ? (
        <PinForm lead={t('boss.newPin')} onPin={change} />
      ) : (
        <Button onClick={() => setChanging(true)}>{t('boss.changePin')}</Button>
      )}
    </>
  );
}

function PastShifts() {
  const shifts = useApp((state) => state.pastShifts) ?? [];
  const { t, f } = useWords();
  const { showPastShift } = useActions();
  if (shifts.length === 0) return <p>{t('boss.noShifts')}</p>;
  return (
    <ol className={css['shifts']} aria-label={t('boss.shifts')}>
      {shifts.map(({ id, operator, startedAt, endedAt, people }) => (
        <li key={id}>
          <Button onClick={() => void showPastShift(id)}>
            <span>{f.dayTime(startedAt, endedAt)}</span>
            <span>{operator}</span>
            <span>{t('boss.people', { n: people })}</span>
          </Button>
        </li>
      ))}
    </ol>
  );
}
