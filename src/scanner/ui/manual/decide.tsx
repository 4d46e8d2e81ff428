import { type ReactNode, useId } from 'react';
import { tailProblem } from '../../../core/log/manual.ts';
import { isFever } from '../../../core/verify/venue-rules.ts';
import type { TemperatureRule } from '../../app/trust/trust-state.ts';
import { useWords } from '../use-ui.ts';
import css from './decide.module.css';
import type { Taken } from './take-temperature.tsx';

type Why = 'temp.high' | `manual.${'unfinished' | 'wrongNumber' | 'needTemperature'}`;

interface Props {
  rule: TemperatureRule | undefined;
  taken: Taken;
  tail: string;
  onAdmit: () => void;
  /** `fever`: the reason is known already. */
  onRefuse: (why?: 'fever') => void;
}

/** Let in or not. A fever can only be a no, and a half-typed number is neither: each button says why. */
export function Decide({ rule, taken, tail, onAdmit, onRefuse }: Props) {
  const { t } = useWords();
  const hot = rule !== undefined && isFever(taken, rule.limitC);
  const typing = whyTyping(tail);
  const why: Why | undefined =
    typing ??
    (hot ? 'temp.high' : rule && taken === undefined ? 'manual.needTemperature' : undefined);
  return (
    <div className={css['decide']}>
      <Deed look="admit" why={why} onPress={onAdmit}>
        {t('manual.admit')}
      </Deed>
      <Deed look="refuse" why={typing} onPress={() => onRefuse(hot ? 'fever' : undefined)}>
        {t('manual.refuse')}
      </Deed>
    </div>
  );
}

/** Why a number that is neither empty nor good keeps both buttons waiting. */
function whyTyping(tail: string): Why | undefined {
  if (tail === '') return undefined;
  const problem = tailProblem(tail);
  if (problem === 'tail') return 'manual.unfinished';
  return problem && 'manual.wrongNumber';
}

interface DeedProps {
  look: 'admit' | 'refuse';
  /** Why it cannot be pressed now. */
  why: Why | undefined;
  onPress: () => void;
  children: ReactNode;
}

function Deed({ look, why, onPress, children }: DeedProps) {
  const { t } = useWords();
  const id = useId();
  return (
    <div className={css['deed']}>
      <p id={id} role="status">
        {why && t(why)}
      </p>
      <button
        type="button"
        className={css[look]}
        disabled={why !== undefined}
        aria-describedby={id}
        onClick={onPress}
      >
        {children}
      </button>
    </div>
  );
}
