import { useState } from 'react';
import { Button } from '../../../parts/button.tsx';
import { Sheet } from '../parts/sheet.tsx';
import { useActions, useApp, useWords } from '../use-ui.ts';
import { Counts } from './counts.tsx';
import { EndShift } from './end-shift.tsx';
import { EntryList } from './entry-list.tsx';
import { ExportPanel } from './export-panel.tsx';
import { HandOver } from './handover.tsx';
import { Pending } from './pending.tsx';
import css from './shift-sheet.module.css';
import { SyncPanel } from './sync-panel.tsx';
import { Totals } from './totals.tsx';

/** The shift at a glance: what was scanned, what is uploaded, how to end it. */
export function ShiftSheet({ onClose }: { onClose: () => void }) {
  const shift = useApp((state) => state.shift);
  const gate = useApp((state) => state.gate);
  const { t, f } = useWords();
  const { pauseShift } = useActions();
  const [asking, setAsking] = useState<'end' | 'hand-over'>();
  const pause = () => {
    onClose();
    void pauseShift();
  };
  return (
    <Sheet title={t('shift.title')} onClose={onClose}>
      {shift && (
        <p className={css['who']}>
          <strong>{gate?.name}</strong>
          <bdi>{t('shift.since', { operator: shift.operator, time: f.time(shift.startedAt) })}</bdi>
        </p>
      )}
      <Counts />
      <Totals />
      {shift?.before && (
        <>
          <h3>{t('hand.left', { operator: shift.before.operator })}</h3>
          <Pending left={shift.before} />
        </>
      )}
      <SyncPanel />
      <div className={css['actions']}>
        <Button onClick={pause}>{t('shift.pause')}</Button>
        <Button onClick={() => setAsking('hand-over')}>{t('shift.handOver')}</Button>
        <Button kind="danger" onClick={() => setAsking('end')}>
          {t('shift.end')}
        </Button>
      </div>
      <ExportPanel />
      <EntryList />
      {asking === 'end' && <EndShift onClose={() => setAsking(undefined)} />}
      {asking === 'hand-over' && <HandOver onClose={onClose} />}
    </Sheet>
  );
}
