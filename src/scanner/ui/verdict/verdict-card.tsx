import { useEffect, useId, useRef } from 'react';
import { Button } from '../../../parts/button.tsx';
import type { Card } from '../../app/scan/scan-state.ts';
import { DemoTag } from '../parts/demo-tag.tsx';
import { useActions, useApp, usePageHidden, useWords } from '../use-ui.ts';
import { CardDetails } from './card-details.tsx';
import { Companions } from './companions.tsx';
import { Headline } from './headline.tsx';
import { ReturnRing } from './return-ring.tsx';
import { TemperatureStep } from './temperature-step.tsx';
import { useAutoReturn } from './use-auto-return.ts';
import { useCardTaps } from './use-card-taps.ts';
import css from './verdict-card.module.css';

interface Props {
  card: Card;
  /** Leaves the card for the original way. */
  onManual: () => void;
}

/** The verdict, over the whole screen. Blank while the page is out of sight. */
export function VerdictCard(props: Props) {
  const hidden = usePageHidden();
  return hidden ? <div className={css['blank']} /> : <ShownCard key={props.card.id} {...props} />;
}

function ShownCard({ card, onManual }: Props) {
  const { verdict, held } = card;
  const { t } = useWords();
  const { dismissCard, holdCard } = useActions();
  const autoReturnS = useApp((state) => state.settings.autoReturnS);
  const isCrowded = useApp(
    ({ camera }) => camera.kind === 'live' && camera.hint === 'one-at-a-time',
  );
  const section = useRef<HTMLElement>(null);
  const headlineId = useId();

  const asksTemperature = verdict.reason === 'temperature-needed';
  const admits = card.seq !== undefined && (verdict.state === 'pass' || verdict.state === 'check');
  const returning = verdict.state === 'pass' && !held && autoReturnS > 0;

  useAutoReturn(returning, autoReturnS, dismissCard);
  useCardTaps(section, {
    tap: asksTemperature ? undefined : returning ? holdCard : dismissCard,
    leave: dismissCard,
  });
  useFocus(section, asksTemperature);

  return (
    <section
      ref={section}
      className={css['card']}
      data-state={verdict.state}
      tabIndex={-1}
      aria-label={t('card.label')}
    >
      <div className={css['top']}>
        <DemoTag />
        {isCrowded && <p className={css['crowd']}>{t('camera.hint.one-at-a-time')}</p>}
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it may scroll, so the keyboard must reach it */}
      <div className={css['middle']} tabIndex={0}>
        <Headline id={headlineId} card={card} />
        <CardDetails verdict={verdict} />
      </div>
      <div className={css['foot']}>
        {asksTemperature ? (
          <TemperatureStep rule={card.temperature} onSkip={dismissCard} />
        ) : (
          <>
            <Button aria-describedby={headlineId}>
              {returning && <ReturnRing seconds={autoReturnS} />}
              {t(returning ? 'card.hold' : 'card.next')}
            </Button>
            {admits && <Companions card={card} />}
            {verdict.state === 'unknown' && (
              <Button data-own="" onClick={onManual}>
                {t('bar.manual')}
              </Button>
            )}
          </>
        )}
      </div>
    </section>
  );
}

/** Moves the focus onto the card's first button, and back where it was when the card goes. */
function useFocus(section: React.RefObject<HTMLElement | null>, again: boolean): void {
  useEffect(() => {
    void again;
    const before = document.activeElement;
    const button = section.current?.querySelector('button');
    (button ?? section.current)?.focus({ preventScroll: true });
    return () => {
      if (before instanceof HTMLElement && before.isConnected)
        before.focus({ preventScroll: true });
    };
  }, [section, again]);
}
