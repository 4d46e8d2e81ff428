import type { ReactNode } from 'react';
import { Button } from '../../../parts/button.tsx';
import type { Holder, Relative } from '../../app/answers.ts';
import css from '../parts/page.module.css';
import { useCitizen, useWords } from '../use-citizen.ts';
import own from './relatives.module.css';
import type { ToRemove } from './remove-dialog.tsx';
import { useShowCode } from './use-show-code.ts';

const Person = ({
  name,
  about,
  children,
}: {
  name: string;
  about: string;
  children: ReactNode;
}) => (
  <li className={own['person']}>
    <p>{name}</p>
    <p className={css['hint']}>{about}</p>
    <div>{children}</div>
  </li>
);

interface Props<P> {
  people: readonly P[];
  onRemove: (who: ToRemove) => void;
}

/** Whom I show: their code, their declaration, the end of it. */
export function Shown({ people, onRemove }: Props<Relative>) {
  const { place } = useCitizen();
  const showCode = useShowCode();
  const { t } = useWords();
  return (
    <ul className={own['people']}>
      {people.map(({ id, name, number, kind }) => (
        <Person key={id} name={name} about={`${t(`relatives.${kind}`)} · ${number}`}>
          <Button aria-label={t('relatives.showCodeOf', { name })} onClick={() => showCode(id)}>
            {t('relatives.showCode')}
          </Button>
          <Button
            aria-label={t('relatives.declareForWho', { name })}
            onClick={() => place.go('declare', id)}
          >
            {t('relatives.declareFor')}
          </Button>
          <Button
            aria-label={t('relatives.removeWho', { name })}
            onClick={() => onRemove({ id, name, as: kind })}
          >
            {t('relatives.remove')}
          </Button>
        </Person>
      ))}
    </ul>
  );
}

/** Who shows me: by whose word, and the end of it. */
export function Holders({ people, onRemove }: Props<Holder>) {
  const { t, f } = useWords();
  if (people.length === 0) return <p>{t('relatives.shownByNone')}</p>;
  return (
    <ul className={own['people']}>
      {people.map(({ id, name, kind, addedAt }) => (
        <Person
          key={id}
          name={name}
          about={`${t(kind === 'child' ? 'relatives.asChild' : 'relatives.asAdult')} · ${t(
            'relatives.since',
            { date: f.date(addedAt) },
          )}`}
        >
          <Button
            aria-label={t('relatives.stopWho', { name })}
            onClick={() => onRemove({ id, name, as: 'holder' })}
          >
            {t('relatives.stop')}
          </Button>
        </Person>
      ))}
    </ul>
  );
}
