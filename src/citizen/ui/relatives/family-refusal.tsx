import type { FamilyAct } from '../../app/relatives/family-state.ts';
import { en } from '../../words/en.ts';
import css from '../parts/page.module.css';
import { refusalText } from '../parts/refusal.tsx';
import { useApp, useWords } from '../use-citizen.ts';

/** Why one act with relatives was not done, in this page's own words where it has some. */
export function FamilyRefusal({ act }: { act: FamilyAct }) {
  const refused = useApp((state) => state.family.refused);
  const { t } = useWords();
  const why = refused?.act === act ? refused.why : undefined;
  const key = `relatives.refused.${why?.code}`;
  return (
    <div role="alert">
      {why && (
        <p className={css['note']}>
          {Object.hasOwn(en, key)
            ? t(key as 'relatives.refused.not-guardian')
            : refusalText(t, why)}
        </p>
      )}
    </div>
  );
}
