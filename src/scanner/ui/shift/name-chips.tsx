import { useState } from 'react';
import { Button } from '../../../parts/button.tsx';
import { Icon } from '../../../parts/icon.tsx';
import { useActions, useApp, useWords } from '../use-ui.ts';
import css from './name-chips.module.css';

interface Props {
  /** What a tap on a name does. */
  title: string;
  /** The name that is chosen; without one every tap is the deed itself. */
  chosen?: string;
  disabled?: boolean;
  onPick: (name: string) => void;
}

/** The last guards of this phone, one tap each; names can be taken off the list again. */
export function NameChips({ title, chosen, disabled = false, onPick }: Props) {
  const guards = useApp((state) => state.guards);
  const [tidying, setTidying] = useState(false);
  const { t } = useWords();
  const { forgetGuard } = useActions();
  if (guards === undefined) return null;
  return (
    <section className={css['names']} aria-label={title}>
      <div className={css['head']}>
        <h2>{title}</h2>
        <Button onClick={() => setTidying(!tidying)}>
          {t(tidying ? 'guards.tidied' : 'guards.tidy')}
        </Button>
      </div>
      <ul className={css['chips']} data-tidying={tidying} data-many={guards.length > 4}>
        {guards.map((name) => (
          <li key={name}>
            {tidying ? (
              <Button onClick={() => void forgetGuard(name)}>
                <Icon name="close" />
                <span className={css['word']}>{t('guards.forget')}</span>
                <bdi>{name}</bdi>
              </Button>
            ) : (
              <Button
                disabled={disabled}
                {...(chosen !== undefined && { 'aria-pressed': chosen === name })}
                onClick={() => onPick(name)}
              >
                <bdi>{name}</bdi>
              </Button>
            )}
          </li>
        ))}
      </ul>
      {tidying && <Button onClick={() => void forgetGuard()}>{t('guards.forgetAll')}</Button>}
    </section>
  );
}
