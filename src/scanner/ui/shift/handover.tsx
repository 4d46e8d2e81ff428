import { useState } from 'react';
import type { ScannedWith } from '../../../core/log/outcome.ts';
import { leftOpen } from '../../app/shift/handed-over.ts';
import { NameForm } from '../parts/name-form.tsx';
import { Sheet } from '../parts/sheet.tsx';
import { ScannedWithChoice } from '../settings/scanned-with.tsx';
import { useActions, useApp, useUi, useWords } from '../use-ui.ts';
import css from './handover.module.css';
import { NameChips } from './name-chips.tsx';
import { Pending } from './pending.tsx';
import { Totals } from './totals.tsx';

/** The next guard sees what the shift came to and what is open, puts in a name and goes on. */
export function HandOver({ onClose }: { onClose: () => void }) {
  const operator = useApp((state) => state.shift?.operator);
  useApp((state) => state.sync);
  const { store } = useUi();
  const { t } = useWords();
  const { handOver } = useActions();
  const [scannedWith, setScannedWith] = useState<ScannedWith>();
  const [next, setNext] = useState('');
  const name = next.trim();
  const go = async (who: string) => {
    await handOver(who, scannedWith);
    onClose();
  };
  return (
    <Sheet title={t('shift.handOver')} onClose={onClose}>
      <p>{t('shift.handOverLead')}</p>
      <h3>{t('hand.shiftOf', { operator: operator ?? '' })}</h3>
      <Totals />
      <h3>{t('hand.open')}</h3>
      <Pending left={leftOpen(store.getState())} />
      <ScannedWithChoice value={scannedWith} onChange={setScannedWith} />
      <NameChips title={t('hand.who')} chosen={name} onPick={setNext} />
      <NameForm
        className={css['form']}
        label={t('shift.next')}
        value={next}
        onChange={setNext}
        onName={(who) => void go(who)}
      >
        {name === '' ? t('shift.handOver') : t('hand.take', { operator: name })}
      </NameForm>
    </Sheet>
  );
}
