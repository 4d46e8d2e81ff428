import { useContext } from 'react';
import type { PlaceRow } from '../../../../core/place/desk-places.ts';
import { PosterSheet } from '../../../../parts/poster/poster-sheet.tsx';
import { posterTongues, posterWords } from '../../../../words/poster.ts';
import { Button } from '../../parts/button.tsx';
import css from '../../parts/desk.module.css';
import { useDesk, useWords } from '../../use-console.ts';
import { SchemeContext } from '../scheme.ts';

/** The poster of a place, to be hung up. */
export function PosterView({ place, onBack }: { place: PlaceRow; onBack: () => void }) {
  const { t } = useWords();
  const language = useDesk((state) => state.language);
  const scheme = useContext(SchemeContext);
  const { code, name } = place;
  const hotline = place.hotline ?? scheme?.hotline;
  const facts = { text: code?.text ?? '', exp: code?.exp ?? 0, issuer: scheme?.name, hotline };
  const words = posterWords[language];
  return (
    <div className={css['box']}>
      <p role="status">{t('poster.made', { name })}</p>
      <PosterSheet
        poster={{ place: place.place, name, ...facts }}
        tongues={posterTongues(language)}
        words={words}
        form={css['form']}
      >
        <div className={css['row']}>
          <Button kind="primary" autoFocus onClick={() => window.print()}>
            {words.print}
          </Button>
          <Button onClick={onBack}>{t('poster.back')}</Button>
        </div>
      </PosterSheet>
    </div>
  );
}
