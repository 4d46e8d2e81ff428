import { type ComponentType, useState } from 'react';
import { Button } from '../../../parts/button.tsx';
import { Sheet } from '../parts/sheet.tsx';
import { SetHeads } from '../place/set-heads.tsx';
import { PrintButton } from '../report/print-button.tsx';
import { ReportView } from '../report/report-view.tsx';
import { ExportPanel } from '../shift/export-panel.tsx';
import { useActions, useApp, useNow, useWords } from '../use-ui.ts';
import { ChangePin, PinPages } from './pin-pages.tsx';
import css from './supervisor-sheet.module.css';
import { useRoleEnds } from './use-role-ends.ts';

interface Props {
  onClose: () => void;
  /** The page that makes a kiosk of this phone. */
  TurnOn: ComponentType<{ onBack: () => void }>;
}

/** The supervisor's page behind a PIN: past shifts, their reports, exports, a new PIN, a kiosk. */
export function SupervisorSheet({ onClose, TurnOn }: Props) {
  // while another PIN is looked at too: what only the open role may see is there
  const open = useApp(
    ({ supervisor, pastShifts }) => supervisor.state === 'open' || pastShifts !== undefined,
  );
  const { t } = useWords();
  useRoleEnds();
  return (
    <Sheet title={t('boss.title')} onClose={onClose}>
      {open ? <Open TurnOn={TurnOn} /> : <PinPages />}
    </Sheet>
  );
}

function Open({ TurnOn }: Pick<Props, 'TurnOn'>) {
  const report = useApp((state) => state.pastReport);
  const isChanged = useApp((state) => state.pinChanged);
  const { t } = useWords();
  const { closePastShift } = useActions();
  const [changing, setChanging] = useState(false);
  const [isKiosk, setKiosk] = useState(false);
  if (report)
    return (
      <>
        <ReportView report={report} />
        <ExportPanel shift={report.id} />
        <PrintButton report={report} />
        <Button onClick={closePastShift}>{t('boss.back')}</Button>
      </>
    );
  if (isKiosk) return <TurnOn onBack={() => setKiosk(false)} />;
  return (
    <>
      <AtTheGate />
      <PastShifts />
      {changing ? (
        <ChangePin onDone={() => setChanging(false)} />
      ) : (
        <Button onClick={() => setChanging(true)}>{t('boss.changePin')}</Button>
      )}
      <Button onClick={() => setKiosk(true)}>{t('kiosk.title')}</Button>
      <p role="status">{isChanged && t('boss.changed')}</p>
    </>
  );
}

/** What a supervisor does while a shift runs: looking at codes, putting the head count right. */
function AtTheGate() {
  const onShift = useApp(({ shift }) => shift !== undefined && shift.pausedAt === undefined);
  const isPlaced = useApp(({ place }) => place !== undefined);
  const { t } = useWords();
  const { setLookOnly } = useActions();
  return (
    <>
      {onShift && <Button onClick={() => setLookOnly(true)}>{t('look.start')}</Button>}
      {isPlaced && <SetHeads />}
    </>
  );
}

function PastShifts() {
  const shifts = useApp((state) => state.pastShifts) ?? [];
  const { t, f } = useWords();
  const { showPastShift } = useActions();
  const now = useNow(60_000);
  if (shifts.length === 0) return <p>{t('boss.noShifts')}</p>;
  return (
    <ol className={css['shifts']} aria-label={t('boss.shifts')}>
      {shifts.map(({ id, operator, startedAt, people }) => (
        <li key={id}>
          <Button onClick={() => void showPastShift(id)}>
            <span>{f.dayTime(startedAt, now)}</span>
            <span>{operator}</span>
            <span>{t('boss.people', { n: people })}</span>
          </Button>
        </li>
      ))}
    </ol>
  );
}
