import { startTransition, useEffect, useState } from 'react';
import { epochMillis } from '../../../core/units.ts';
import { verdict } from '../../../core/verify/verdict.ts';
import type { Card } from '../../app/scan/scan-state.ts';
import { whenShown } from '../taps/when-shown.ts';
import type { UiApp } from '../ui-app.ts';
import { useUi } from '../use-ui.ts';
import { CardDetails } from './card-details.tsx';
import { CardFoot } from './card-foot.tsx';
import { Headline } from './headline.tsx';
import css from './rehearsal.module.css';

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
 * The parts of a card, laid out once out of sight while the camera looks for the first code of a shift: a browser
 * compiles and shapes what it draws for the first time, and the first person would wait for it.
 */
export function Rehearsal() {
  const ui = useUi();
  const [isOn, setOn] = useState(false);
  useEffect(() => {
    if (rehearsed.has(ui)) return;
    const timer = setTimeout(() => startTransition(() => setOn(true)), afterCamera);
    return () => clearTimeout(timer);
  }, [ui]);
  useEffect(() => {
    if (!isOn) return;
    rehearsed.add(ui);
    return whenShown(() => setOn(false));
  }, [ui, isOn]);
  if (!isOn) return null;
  const nothing = () => undefined;
  return (
    <div className={css['rehearsal']} aria-hidden="true" inert>
      <Headline id="" card={nobody} />
      <CardDetails verdict={nobody.verdict} />
      <CardFoot
        {...{ card: nobody, step: 'next', onStep: nothing, onManual: nothing }}
        {...{ returning: false, headlineId: '' }}
      />
    </div>
  );
}
