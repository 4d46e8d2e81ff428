import { type RefObject, Suspense, useEffect, useId, useRef } from 'react';
import { lookOf } from '../../../parts/shape.tsx';
import type { Card } from '../../app/scan/scan-state.ts';
import { StorageBar } from '../parts/bars.tsx';
import { DemoTag } from '../parts/demo-tag.tsx';
import { lazyScreen } from '../parts/lazy-screen.ts';
import { useMoreBelow } from '../parts/use-more-below.ts';
import { useActions, useApp, usePageHidden, useWords } from '../use-ui.ts';
import { CardDetails } from './card-details.tsx';
import { CardFoot, type FootStep, type Opened, useFootStep } from './card-foot.tsx';
import { Headline } from './headline.tsx';
import { useAutoReturn } from './use-auto-return.ts';
import { useCardTaps } from './use-card-taps.ts';
import css from './verdict-card.module.css';

const PosterLines = lazyScreen(async () => (await import('./poster-lines.tsx')).PosterLines);

interface Props {
  card: Card;
  /** Opens the form of the original way, over this card. */
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
  const section = useRef<HTMLElement>(null);
  const middle = useRef<HTMLDivElement>(null);
  const headlineId = useId();
  const [step, onStep] = useFootStep(card);

  const isPass = verdict.state === 'pass';
  // who looks reads: a green card that is only looked at waits
  const returning = isPass && !held && !card.look && autoReturnS > 0;

  useAutoReturn(returning, autoReturnS, dismissCard);
  // only a green card is closed by a touch anywhere or a key: every other one by its own buttons
  useCardTaps(section, step, {
    tap: isPass ? (returning ? holdCard : dismissCard) : undefined,
    leave: isPass ? dismissCard : undefined,
  });
  useFocus(section, isPass, step);
  useMoreBelow(section);
  useMoreBelow(middle);

  return (
    <section
      ref={section}
      className={css['card']}
      data-state={verdict.state}
      data-look={lookOf(verdict)}
      data-step={step}
      data-only={card.look ? 'look' : undefined}
      tabIndex={-1}
      aria-label={t('card.label')}
    >
      <CardFace {...{ card, step, onStep, onManual, returning, headlineId, middle }} />
    </section>
  );
}

interface FaceProps extends Props {
  step: FootStep;
  onStep: (opened: Opened) => void;
  returning: boolean;
  headlineId: string;
  /** What scrolls where there is no room for all of it. */
  middle?: RefObject<HTMLDivElement | null>;
}

/** All that stands on a card; whether anybody sees or presses it is its holder's. */
export function CardFace({ card, middle, ...foot }: FaceProps) {
  const { verdict } = card;
  const { t } = useWords();
  const isCrowded = useApp(
    ({ camera }) => camera.kind === 'live' && camera.hint === 'one-at-a-time',
  );
  return (
    <>
      <div className={css['top']}>
        <StorageBar />
        <DemoTag />
        {card.look && <p className={css['look']}>{t('look.title')}</p>}
        {isCrowded && <p className={css['crowd']}>{t('camera.hint.one-at-a-time')}</p>}
        {card.cardFirst && (
          <p role="alert" className={css['crowd']}>
            {t('card.first')}
          </p>
        )}
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it may scroll, so the keyboard must reach it */}
      <div ref={middle} className={css['middle']} tabIndex={0}>
        <Headline id={foot.headlineId} card={card} />
        {/* nothing of a person is needed to let them go */}
        {verdict.reason !== 'left' && <CardDetails verdict={verdict} />}
        <Suspense>{card.poster && <PosterLines poster={card.poster} />}</Suspense>
      </div>
      <div className={css['foot']}>
        <CardFoot card={card} {...foot} />
      </div>
    </>
  );
}

/**
 * Moves the focus to where a key does no harm, a pass's one button or else the card itself, and back
 * where it was when the card goes.
 */
function useFocus(section: RefObject<HTMLElement | null>, isPass: boolean, step: FootStep): void {
  useEffect(() => {
    const before = document.activeElement;
    return () => {
      if (before instanceof HTMLElement && before.isConnected)
        before.focus({ preventScroll: true });
    };
  }, []);
  useEffect(() => {
    void step;
    const button = isPass ? section.current?.querySelector('button') : undefined;
    (button ?? section.current)?.focus({ preventScroll: true });
  }, [section, isPass, step]);
}
