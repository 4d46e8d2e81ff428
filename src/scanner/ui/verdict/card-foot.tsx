import { Suspense, useState } from 'react';
import { Button } from '../../../parts/button.tsx';
import { type Card, needsOutcome } from '../../app/scan/scan-state.ts';
import { measuredWith } from '../../app/trust/scanned-with.ts';
import { lazyScreen } from '../parts/lazy-screen.ts';
import { useActions, useApp, useWords } from '../use-ui.ts';
import { Companions } from './companions.tsx';
import { OutcomeStep, RefusalReasons } from './outcome-step.tsx';
import { ReturnRing } from './return-ring.tsx';
import { TemperatureStep } from './temperature-step.tsx';

const SupervisorWord = lazyScreen(
  async () => (await import('../supervisor/supervisor-word.tsx')).SupervisorWord,
);

/** What is pressed: the foot of a card by what it waits for. */
export type FootStep = 'next' | 'temperature' | 'outcome' | 'why' | 'overrule';

interface Props {
  card: Card;
  step: FootStep;
  onStep: (why: boolean) => void;
  /** Opens the form of the original way, over this card. */
  onManual: () => void;
  /** With a pass that leaves by itself. */
  returning: boolean;
  headlineId: string;
}

/** Whether the guard is being asked why the person is not let in; and which step that makes it. */
export function useFootStep(card: Card): [FootStep, (why: boolean) => void] {
  const [asksWhy, setAsksWhy] = useState(false);
  const isTemperature = card.verdict.reason === 'temperature-needed' || card.step === 'temperature';
  const wants = needsOutcome(card);
  const overrules = asksWhy && card.verdict.state === 'stop';
  const step = overrules
    ? 'overrule'
    : asksWhy && wants
      ? 'why'
      : isTemperature
        ? 'temperature'
        : wants
          ? 'outcome'
          : 'next';
  return [step, setAsksWhy];
}

export function CardFoot({ card, step, onStep, onManual, returning, headlineId }: Props) {
  const { t } = useWords();
  const { dismissCard, refuse, foundWarm, overrule } = useActions();
  const isMeasured = useApp((app) => measuredWith(app) !== undefined);
  const autoReturnS = useApp((state) => state.settings.autoReturnS);
  const { state } = card.verdict;
  switch (step) {
    case 'overrule':
      return (
        <>
          <Suspense>
            <SupervisorWord onWhy={(why) => void overrule(why)} />
          </Suspense>
          <Button onClick={() => onStep(false)}>{t('card.back')}</Button>
        </>
      );
    case 'why':
      return <RefusalReasons onRefuse={(why) => void refuse(why)} onBack={() => onStep(false)} />;
    case 'temperature':
      return (
        <TemperatureStep
          rule={card.temperature}
          onSkip={needsOutcome(card) ? () => onStep(true) : dismissCard}
        />
      );
    case 'outcome':
      return (
        <>
          <OutcomeStep onRefuse={() => onStep(true)} />
          {state === 'unknown' ? (
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
          {state === 'pass' && card.seq !== undefined && <Companions card={card} />}
          {state === 'pass' && card.seq !== undefined && isMeasured && (
            <Button data-own="" onClick={() => void foundWarm()}>
              {t('temp.high')}
            </Button>
          )}
          {state === 'stop' && card.seq !== undefined && (
            <Button onClick={() => onStep(true)}>{t('boss.letIn')}</Button>
          )}
        </>
      );
  }
}
