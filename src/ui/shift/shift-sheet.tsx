import { useState } from 'react';
import { Button } from '../parts/button.tsx';
import { Sheet } from '../parts/sheet.tsx';
import { useActions, useApp, useWords } from '../use-ui.ts';
import { Counts } from './counts.tsx';
import { EndShift } from './end-shift.tsx';
import { EntryList } from './entry-list.tsx';
import css from './shift-sheet.module.css';
import { SyncPanel } from './sync-panel.tsx';

/** The shift at a glance: what was scanned, what is uploaded, how to end it. */
export function ShiftSheet({ onClose }: { onClose: () => void }) {
  const shift = useApp((state) => state.shift);
  const { t, f } = useWords();
  const { exportCsv } = useActions();
  const [ending, setEnding] = useState(false);
  return (
    <Sheet title={t('shift.title')} onClose={onClose}>
      {shift && (
        <p>{t('shift.since', { operator: shift.operator, time: f.time(shift.startedAt) })}</p>
      )}
      <Counts />
      <SyncPanel />
      <div className={css['actions']}>
        <Button onClick={() => void exportCsv()}>{t('shift.export')}</Button>
        <Button kind="danger" onClick={() => setEnding(true)}>
          {t('shift.end')}
        </Button>
      </div>
      <EntryList />
      {ending && <EndShift onClose={() => setEnding(false)} />}
    </Sheet>
  );
}
