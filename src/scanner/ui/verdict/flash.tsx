import { useEffect, useState } from 'react';
import { Button } from '../../../parts/button.tsx';
import { Shape } from '../../../parts/shape.tsx';
import type { Flash } from '../../app/scan/scan-state.ts';
import { afterShown } from '../taps/when-shown.ts';
import { useApp, useWords } from '../use-ui.ts';
import css from './flash.module.css';

const flashMs = { scan: 800, hand: 800, outcome: 2500 };

/** Something told across the whole width for a moment; the camera behind it goes on. Taps pass through, but for its button. */
export function FlashBand({ onUndo }: { onUndo: (line: number) => void }) {
  const flash = useApp((state) => state.flash);
  const [over, setOver] = useState(flash?.id);
  useEffect(() => {
    if (flash) return afterShown(() => setOver(flash.id), flashMs[flash.by]);
  }, [flash]);
  return (
    <div role="status">
      {flash && flash.id !== over && <Band key={flash.id} flash={flash} onUndo={onUndo} />}
    </div>
  );
}

const leftWords = { admitted: 'state.left', refused: 'outcome.refused' } as const;

function Band({ flash, onUndo }: { flash: Flash; onUndo: (line: number) => void }) {
  const { t } = useWords();
  // what somebody decided has no colour of a verdict
  if (flash.by === 'outcome')
    return (
      <p className={css['flash']} data-outcome={flash.outcome}>
        <strong>{t(flash.left ? leftWords[flash.outcome] : `outcome.${flash.outcome}`)}</strong>
        <Button onClick={() => onUndo(flash.line)}>{t('last.undo')}</Button>
      </p>
    );
  const look = flash.left && flash.state === 'pass' ? 'left' : flash.state;
  return (
    <p className={css['flash']} data-state={look}>
      <Shape state={look} />
      <strong>{t(`state.${look}`)}</strong>
      {flash.by === 'hand' && <span>{t('manual.done')}</span>}
    </p>
  );
}
