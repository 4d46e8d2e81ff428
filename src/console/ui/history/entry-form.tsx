import { refusals } from '../../../core/log/outcome.ts';
import { reasonStates } from '../../../core/verify/verdict.ts';
import { Field, Select } from '../../../parts/labelled.tsx';
import { Button } from '../parts/button.tsx';
import css from '../parts/desk.module.css';
import { useDesk, useWords } from '../use-console.ts';
import { GatePick } from './gate-pick.tsx';
import own from './history.module.css';
import { logSpeech } from './log-words.ts';
import type { Asking } from './question.ts';

interface Props {
  asking: Asking;
  onChange: (asking: Asking) => void;
  onClear: () => void;
}

const states = ['pass', 'check', 'stop', 'unknown', 'byHand'] as const;
const outcomes = ['admitted', 'refused', 'not-recorded', 'left'] as const;
const types = [
  'scan',
  'decision',
  'manual',
  'look',
  'shift-start',
  'shift-end',
  'supervisor',
  'clock',
  'trust',
  'export',
  'purge',
] as const;
const reasons = [...new Set([...Object.keys(reasonStates), ...refusals])];

/** What to look for. Each change is asked at once. */
export function EntryForm({ asking, onChange, onClear }: Props) {
  const { t } = useWords();
  const { say } = logSpeech(useDesk((state) => state.language));
  const set = (part: Partial<Asking>) => onChange({ ...asking, ...part });
  const any = ['', t('find.any')] as const;
  return (
    <div className={`${css['box']} ${own['tools']}`}>
      <div className={own['find']}>
        <Field
          label={t('find.from')}
          type="date"
          value={asking.from}
          onChange={(from) => set({ from })}
        />
        <Field label={t('find.to')} type="date" value={asking.to} onChange={(to) => set({ to })} />
        <GatePick gate={asking.gate} onChoose={(gate) => set({ gate })} />
        <Select
          label={t('find.what')}
          value={asking.state}
          choices={[
            any,
            ...states.map(
              (one) =>
                [one, one === 'byHand' ? say('type', 'manual') : say('finalState', one)] as const,
            ),
          ]}
          onChange={(state) => set({ state })}
        />
        <Select
          label={t('find.outcome')}
          value={asking.outcome}
          choices={[any, ...outcomes.map((one) => [one, say('outcome', one)] as const)]}
          onChange={(outcome) => set({ outcome })}
        />
      </div>
      <details open={asking.reason !== '' || asking.type !== '' || asking.pass !== ''}>
        <summary>{t('find.more')}</summary>
        <div className={own['find']}>
          <Select
            label={t('find.reason')}
            value={asking.reason}
            choices={[any, ...reasons.map((one) => [one, say('finalReason', one)] as const)]}
            onChange={(reason) => set({ reason })}
          />
          <Select
            label={t('find.type')}
            value={asking.type}
            choices={[any, ...types.map((one) => [one, say('type', one)] as const)]}
            onChange={(type) => set({ type })}
          />
          <Field
            label={t('find.pass')}
            hint={t('find.passHint')}
            value={asking.pass}
            maxLength={64}
            spellCheck={false}
            onChange={(pass) => set({ pass: pass.replaceAll(/[^\w-]/g, '') })}
          />
        </div>
      </details>
      <div className={css['row']}>
        <Button onClick={onClear}>{t('find.clear')}</Button>
      </div>
    </div>
  );
}
