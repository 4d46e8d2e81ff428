import { startTransition, useEffect, useState } from 'react';
import { epochMillis } from '../../../core/units.ts';
import { verdict } from '../../../core/verify/verdict.ts';
import type { Card } from '../../app/scan/scan-state.ts';
import { whenShown } from '../taps/when-shown.ts';
import type { UiApp } from '../ui-app.ts';
import { useApp, useUi } from '../use-ui.ts';
import css from './rehearsal.module.css';
import card from './verdict-card.module.css';
import { CardFace } from './verdict-card.tsx';

/** Milliseconds a camera is left alone after its first picture. */
const afterCamera = 400;

/** Nobody's: whatever went wrong with it, it is no green card. */
const nobody: Card = {
  id: 0,
  held: true,
  look: true,
  at: epochMillis(0),
  verdict: verdict('unknown', 'internal-error'),
};

/** Where it was: once a page is enough. */
const rehearsed = new WeakSet<UiApp>();

/**
 * The face of a card, laid out once out of sight while the camera looks for the first code of a shift: a browser
 * compiles and shapes what it draws for the first time, and the first person would wait for it.
 */
export function Rehearsal() {
  const ui = useUi();
  const isLive = useApp((state) => state.camera.kind === 'live');
  const [isOn, setOn] = useState(false);
  useEffect(() => {
    if (!isLive || rehearsed.has(ui)) return;
    const timer = setTimeout(() => startTransition(() => setOn(true)), afterCamera);
    return () => clearTimeout(timer);
  }, [ui, isLive]);
  useEffect(() => {
    if (!isOn) return;
    rehearsed.add(ui);
    return whenShown(() => setOn(false));
  }, [ui, isOn]);
  if (!isOn || !isLive) return null;
  const nothing = () => undefined;
  return (
    <div className={css['rehearsal']} aria-hidden="true" inert>
      <div className={card['card']}>
        <CardFace
          {...{ card: nobody, step: 'next', onStep: nothing, onManual: nothing }}
          {...{ returning: false, headlineId: '' }}
        />
      </div>
    </div>
  );
}
