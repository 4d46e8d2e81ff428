import { useEffect, useMemo, useState } from 'react';
import { Button } from '../../../parts/button.tsx';
import { Phrase } from '../../../parts/phrase.tsx';
import parts from '../parts/page.module.css';
import { useApp, useCitizen, useWords } from '../use-citizen.ts';
import { BoundBar } from './bound-bar.tsx';
import { CodeCard } from './code-card.tsx';
import css from './code-page.module.css';
import { DetailSheet } from './detail-sheet.tsx';
import { DeclareFirst, NoCode } from './no-code.tsx';
import { peopleOf } from './people.ts';
import { PeopleBar } from './people-bar.tsx';
import { spanOf } from './span.ts';
import { useNow } from './use-now.ts';
import { useSwipe } from './use-swipe.ts';

/** The code, of me and by a swipe of each relative; it is there only while somebody can see the page. */
export function CodePage() {
  const [session, relatives, state] = [
    useApp((all) => all.session),
    useApp((all) => all.relatives),
    useApp((all) => all.code),
  ];
  const all = useCitizen().store.getState;
  // biome-ignore lint/correctness/useExhaustiveDependencies: what it is worked out from
  const people = useMemo(() => peopleOf(all()), [session, relatives, state.kept]);
  const swipe = useSwipe(people);
  const now = useNow();
  useWatched();
  const self = state.whose === '' ? session.self : state.relative;
  const isToDeclare =
    state.refusal?.code === 'declare-first' || (!state.drawn && self?.code === 'declare-first');
  return (
    <div className={css['page']} {...swipe}>
      <PeopleBar people={people} />
      <BoundBar now={now} />
      {isToDeclare ? (
        <DeclareFirst />
      ) : state.drawn && now !== undefined ? (
        <CodeCard drawn={state.drawn} now={now} />
      ) : (
        <NoCode />
      )}
      <WrongClock />
      {!isToDeclare && <Tools />}
    </div>
  );
}

/** Shown while the page is, and taken off when it is hidden: what stays behind is a picture of nothing. */
function useWatched(): void {
  const { code } = useCitizen();
  useEffect(() => {
    const look = () => (document.hidden ? code.hide() : code.show());
    look();
    document.addEventListener('visibilitychange', look);
    window.addEventListener('pagehide', code.hide);
    return () => {
      document.removeEventListener('visibilitychange', look);
      window.removeEventListener('pagehide', code.hide);
      code.hide();
    };
  }, [code]);
}

/** A phone whose clock is wrong: what that matters for is the code it makes itself. */
function WrongClock() {
  const minutes = useApp((all) => all.phoneClock.wrongMinutes);
  const { t } = useWords();
  const { unit, count } = spanOf(Math.abs(minutes));
  const time = t(`code.span.${unit}`, { count });
  return (
    <div role="status">
      {minutes !== 0 && (
        <p className={parts['note']}>
          <Phrase text={t(minutes > 0 ? 'code.clockAhead' : 'code.clockBehind', { time })} />
        </p>
      )}
    </div>
  );
}

/** What can be done with the code: details, the one made by this phone, the name, the hotline. */
function Tools() {
  const { code, settings } = useCitizen();
  const state = useApp((all) => all.code);
  const self = useApp((all) => all.session.self);
  const isNameHidden = useApp((all) => all.settings.isNameHidden);
  const { t } = useWords();
  const [isOpen, setIsOpen] = useState(false);
  const hotline = state.drawn?.shown.issuer.hotline ?? self?.issuer?.hotline;
  return (
    <>
      <div className={css['tools']}>
        <Button onClick={() => setIsOpen(true)}>{t('code.detail')}</Button>
        <Button
          aria-pressed={state.isOfflineChosen}
          onClick={() => code.chooseOffline(!state.isOfflineChosen)}
        >
          {t('code.useOffline')}
        </Button>
        <Button
          aria-pressed={isNameHidden}
          onClick={() => settings.choose({ isNameHidden: !isNameHidden })}
        >
          {t('code.hideName')}
        </Button>
      </div>
      {hotline && (
        <a className={css['call']} href={`tel:${hotline}`}>
          {t('code.call', { number: hotline })}
        </a>
      )}
      {isOpen && (
        <DetailSheet
          self={state.whose === '' ? self : state.relative}
          drawn={state.drawn}
          onClose={() => setIsOpen(false)}
        />
      )}
    </>
  );
}
