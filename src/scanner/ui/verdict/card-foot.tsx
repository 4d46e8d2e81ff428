import { Suspense, useState } from 'react';
import { Button } from '../../../parts/button.tsx';
import { isLeavingFree } from '../../app/place/way.ts';
import { type Card, needsOutcome } from '../../app/scan/scan-state.ts';
import { measuredWith } from '../../app/trust/scanned-with.ts';
import { lazyScreen } from '../parts/lazy-screen.ts';
import { useActions, useApp, useWords } from '../use-ui.ts';
import { Companions } from './companions.tsx';
import { Keypad } from './keypad.tsx';
import { OutcomeStep, RefusalReasons } from './outcome-step.tsx';
import { ReturnRing } from './return-ring.tsx';
import { TemperatureStep } from './temperature-step.tsx';

const SupervisorWord = lazyScreen(
  async () => (await import('../supervisor/supervisor-word.tsx')).SupervisorWord,
);

/** What is pressed: the foot of a card by what it waits for. */
export type FootStep = 'next' | 'temperature' | 'keypad' | 'outcome' | 'why' | 'overrule';
/** What the guard opened on the card: the reasons, or the keys for a temperature. */
export type Opened = 'why' | 'keypad' | undefined;

interface Props {
  card: Card;
  step: FootStep;
  onStep: (opened: Opened) => void;
  /** Opens the form of the original way, over this card. */
  onManual: () => void;
  /** With a pass that leaves by itself. */
  returning: boolean;
  headlineId: string;
}

/** Which step that makes it; and how the guard opens another. */
export function useFootStep(card: Card): [FootStep, (opened: Opened) => void] {
  const [opened, setOpened] = useState<Opened>();
  return [stepOf(card, opened), setOpened];
}

function stepOf(card: Card, opened: Opened): FootStep {
  if (card.look) return 'next';
  const wants = needsOutcome(card);
  if (opened === 'why' && card.verdict.state === 'stop') return 'overrule';
  if (opened === 'why' && wants) return 'why';
  if (card.verdict.reason === 'temperature-needed' || card.step === 'temperature')
    return opened === 'keypad' || card.temperature?.mode === 'measure' ? 'keypad' : 'temperature';
  return wants ? 'outcome' : 'next';
}

export function CardFoot({ card, step, onStep, onManual, returning, headlineId }: Props) {
  const { t } = useWords();
  const { dismissCard, refuse, foundWarm, overrule, temperature } = useActions();
  const isMeasured = useApp((app) => measuredWith(app) !== undefined);
  const autoReturnS = useApp((state) => state.settings.autoReturnS);
  const isFree = useApp(isLeavingFree) && card.dir === 'out';
  const { state } = card.verdict;
  const isSaid = card.seq !== undefined && !card.look;
  const onSkip = needsOutcome(card) ? () => onStep('why') : dismissCard;
  switch (step) {
    case 'overrule':
      return (
        <>
          <Suspense>
            <SupervisorWord onWhy={(why) => void overrule(why)} />
          </Suspense>
          <Button onClick={() => onStep(undefined)}>{t('card.back')}</Button>
        </>
      );
    case 'why':
      return (
        <RefusalReasons onRefuse={(why) => void refuse(why)} onBack={() => onStep(undefined)} />
      );
    case 'keypad':
      return (
        <Keypad
          onValue={(celsius) => void temperature(celsius)}
          onBack={card.temperature?.mode === 'measure' ? onSkip : () => onStep(undefined)}
        />
      );
    case 'temperature':
      return (
        <TemperatureStep
          limitC={card.temperature?.limitC}
          onType={() => onStep('keypad')}
          onSkip={onSkip}
        />
      );
    case 'outcome':
      return (
        <>
          <OutcomeStep
            way={card.dir === undefined ? 'in' : isFree ? 'free' : 'out'}
            onRefuse={() => (isFree ? void refuse('other') : onStep('why'))}
          />
          {state === 'unknown' && !isFree ? (
            <Button onClick={onManual}>{t('bar.manual')}</Button>
          ) : (
            <Companions card={card} />
          )}
        </>
      );
    default:
      return (
        <>
          <Button aria-describedby={headlineId} {...(state !== 'pass' && { onClick: dismissCard })}>
            {returning && <ReturnRing seconds={autoReturnS} />}
            {t(returning ? 'card.hold' : 'card.next')}
          </Button>
          {state === 'pass' && isSaid && <Companions card={card} />}
          {state === 'pass' && isSaid && !card.dir && isMeasured && (
            <Button data-own="" onClick={() => void foundWarm()}>
              {t('temp.high')}
            </Button>
          )}
          {state === 'stop' && isSaid && (
            <Button onClick={() => onStep('why')}>{t('boss.letIn')}</Button>
          )}
        </>
      );
  }
}
