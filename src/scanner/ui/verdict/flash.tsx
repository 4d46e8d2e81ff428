import { useEffect, useState } from 'react';
import { Shape } from '../../../parts/shape.tsx';
import { useApp, useWords } from '../use-ui.ts';
import css from './flash.module.css';

const flashMs = { pass: 800, stop: 800, check: 1600 };

/** A verdict across the whole width for 0.8 s, one to look twice at for double; the camera behind it goes on. Taps pass through. */
export function FlashBand() {
  const flash = useApp((state) => state.flash);
  const [over, setOver] = useState(flash?.id);
  const { t, f } = useWords();
  useEffect(() => {
    const timer = setTimeout(() => setOver(flash?.id), flashMs[flash?.state ?? 'pass']);
    return () => clearTimeout(timer);
  }, [flash]);
  return (
    <div role="status">
      {flash && flash.id !== over && (
        <p key={flash.id} className={css['flash']} data-state={flash.state}>
          <Shape state={flash.state} />
          <strong>{t(`state.${flash.state}`)}</strong>
          {flash.by === 'hand' && <span>{t('manual.done')}</span>}
          {flash.agoS !== undefined && <span>{t('card.seen', { ago: f.ago(flash.agoS) })}</span>}
        </p>
      )}
    </div>
  );
}
