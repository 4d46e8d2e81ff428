import { useState } from 'react';
import type { PlaceRow } from '../../../../core/place/desk-places.ts';
import { Select } from '../../../../parts/labelled.tsx';
import { Paper } from '../../../../parts/paper.tsx';
import { Button } from '../../parts/button.tsx';
import css from '../../parts/desk.module.css';
import { useWords } from '../../use-console.ts';
import look from './poster.module.css';
import { Poster, Sticker } from './poster.tsx';

const sizes = ['a4', 'a5', 'sticker'] as const;
type Size = (typeof sizes)[number];

/** As many as a page holds. */
const stickers = ['1', '2', '3', '4'];

/** What hangs at the entrance: looked at, and printed on the paper that is chosen. */
export function PosterView({ place, onBack }: { place: PlaceRow; onBack: () => void }) {
  const { t } = useWords();
  const [size, setSize] = useState<Size>('a4');
  return (
    <div className={css['box']}>
      <p role="status">{t('poster.made', { name: place.name })}</p>
      <div className={css['form']}>
        <Select
          label={t('poster.size')}
          value={size}
          choices={sizes.map((one) => [one, t(`poster.${one}`)] as const)}
          onChange={setSize}
        />
      </div>
      <div className={css['row']}>
        <Button kind="primary" autoFocus onClick={() => window.print()}>
          {t('poster.print')}
        </Button>
        <Button onClick={onBack}>{t('poster.back')}</Button>
      </div>
      <div className={look['preview']} data-size={size}>
        {size === 'sticker' ? <Sticker place={place} /> : <Poster place={place} />}
      </div>
      <Paper className={`${look['paper']} ${look[size === 'sticker' ? 'stickers' : size]}`}>
        {size === 'sticker' ? (
          stickers.map((one) => <Sticker key={one} place={place} />)
        ) : (
          <Poster place={place} />
        )}
      </Paper>
    </div>
  );
}
