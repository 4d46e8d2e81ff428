import { useLayoutEffect } from 'react';
import { Button } from '../../../parts/button.tsx';
import { isLeavingFree, wayNow } from '../../app/place/way.ts';
import { useActions, useApp, useWords } from '../use-ui.ts';
import { HeadLine } from './head-line.tsx';
import css from './place-bar.module.css';
import { useLookEnds } from './use-look-ends.ts';

/** Which way people go, how many are inside, and whether codes are only looked at: over the tools. */
export function PlaceBar() {
  const place = useApp((state) => state.place);
  const isLook = useApp((state) => state.lookOnly === true);
  const way = useApp(wayNow);
  const isFree = useApp(isLeavingFree);
  const { t } = useWords();
  const { leaveByHand } = useActions();
  const frame = isLook ? 'look' : way === 'out' ? 'out' : undefined;
  useRoom(frame !== undefined);
  return (
    <>
      <div className={css['place']}>
        {isLook ? <LookBand /> : place && <Way isSwitch={place.direction === 'both'} way={way} />}
        {place && <HeadLine place={place} />}
        {isFree && !isLook && <Button onClick={() => void leaveByHand()}>{t('way.byHand')}</Button>}
      </div>
      {frame && <div className={css['frame']} data-frame={frame} aria-hidden="true" />}
    </>
  );
}

/** The whole screen moves in by the width of its frame. */
function useRoom(isFramed: boolean): void {
  useLayoutEffect(() => {
    const { dataset } = document.documentElement;
    if (!isFramed) return;
    dataset['framed'] = '';
    return () => {
      delete dataset['framed'];
    };
  }, [isFramed]);
}

/** 进 / 出: at a gate for both a switch of two halves, at one for leaving a sign. */
function Way({ isSwitch, way }: { isSwitch: boolean; way: 'in' | 'out' }) {
  const { t } = useWords();
  const { setWay } = useActions();
  if (!isSwitch && way === 'in') return null;
  return (
    <>
      {isSwitch ? (
        <fieldset className={css['switch']} aria-label={t('way.label')}>
          {(['in', 'out'] as const).map((one) => (
            <button
              key={one}
              type="button"
              data-way={one}
              aria-pressed={one === way}
              onClick={() => void setWay(one)}
            >
              <Arrow way={one} />
              {t(`way.${one}`)}
            </button>
          ))}
        </fieldset>
      ) : (
        <p className={css['sign']}>
          <Arrow way={way} />
          {t('way.out')}
        </p>
      )}
      <p role="status" className={css['said']}>
        {t(`way.now.${way}`)}
      </p>
    </>
  );
}

/** Into a door, or out of one. */
function Arrow({ way }: { way: 'in' | 'out' }) {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true">
      <path
        d={
          way === 'in' ? 'M11 3h9v18h-9M2 12h12M9 7l5 5-5 5' : 'M13 3H4v18h9M10 12h12M17 7l5 5-5 5'
        }
      />
    </svg>
  );
}

/** 查验不放行: nobody who is not looking for it should be able to miss it. */
function LookBand() {
  const { t } = useWords();
  const { setLookOnly } = useActions();
  useLookEnds();
  return (
    <div className={css['look']}>
      <p role="alert">
        <strong>{t('look.title')}</strong> {t('look.hint')}
      </p>
      <Button onClick={() => setLookOnly(false)}>{t('look.end')}</Button>
    </div>
  );
}
