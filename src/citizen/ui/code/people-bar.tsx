import { useApp, useCitizen, useWords } from '../use-citizen.ts';
import { beside, type Person } from './people.ts';
import css from './people-bar.module.css';

/** Me and each relative: the same by taps and arrow keys as by a swipe over the code. */
export function PeopleBar({ people }: { people: readonly Person[] }) {
  const { code } = useCitizen();
  const whose = useApp((state) => state.code.whose);
  const isNameHidden = useApp(({ settings }) => settings.isNameHidden);
  const { t } = useWords();
  if (people.length < 2) return null;
  const step = (event: React.KeyboardEvent<HTMLFieldSetElement>) => {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key] ?? 0;
    const next = by === 0 ? undefined : beside(people, whose, by);
    if (!next) return;
    code.pick(next.whose);
    const buttons = event.currentTarget.querySelectorAll('button');
    buttons[people.indexOf(next)]?.focus();
  };
  return (
    <fieldset className={css['bar']} onKeyDown={step}>
      <legend className={css['legend']}>{t('code.people')}</legend>
      {people.map((one, at) => (
        <button
          key={one.whose}
          type="button"
          aria-pressed={one.whose === whose}
          onClick={() => code.pick(one.whose)}
        >
          {one.whose === ''
            ? t('code.me')
            : isNameHidden
              ? `${t('tab.relatives')} ${at}`
              : one.name}
        </button>
      ))}
    </fieldset>
  );
}
