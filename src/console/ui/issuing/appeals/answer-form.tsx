import { useState } from 'react';
import type { Standing, ToldFact, WaitingAppeal } from '../../../../core/health/desk-answers.ts';
import { Lines, Select } from '../../../../parts/labelled.tsx';
import { Button } from '../../parts/button.tsx';
import css from '../../parts/desk.module.css';
import { LastRefusal } from '../../parts/refusal.tsx';
import { useConsole, useDesk, useWords } from '../../use-console.ts';
import { Check, Group } from '../check.tsx';
import { millis, useScheme } from '../scheme.ts';

type Outcome = 'upheld' | 'rejected';

interface Props {
  appeal: WaitingAppeal;
  onDone: (standing: Standing) => void;
  /** Somebody else was faster. */
  onGone: () => void;
}

/** Outcome, what the person reads, and the facts that were wrong. */
export function AnswerForm({ appeal, onDone, onGone }: Props) {
  const desk = useConsole();
  const { t } = useWords();
  const busy = useDesk((state) => state.busy);
  const [outcome, setOutcome] = useState<Outcome | ''>('');
  const [text, setText] = useState('');
  const [wrong, setWrong] = useState<readonly ToldFact[]>([]);
  const send = () =>
    desk.act(async () => {
      const withdraws = outcome === 'upheld' ? wrong.map(({ source, id }) => ({ source, id })) : [];
      const answer = await desk.issuing.send<{ standing: Standing }>(`/appeals/${appeal.id}`, {
        ...{ outcome, answer: text.trim() },
        ...(withdraws.length > 0 && { withdraws }),
      });
      if (answer.ok) onDone(answer.value.standing);
      else if (answer.error.code === 'appeal-unknown') onGone();
      return answer;
    });
  return (
    <form
      className={css['form']}
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <Select
        label={t('appeals.outcome')}
        value={outcome}
        choices={[
          ['', t('appeals.choose')],
          ['upheld', t('appeals.upheld')],
          ['rejected', t('appeals.rejected')],
        ]}
        onChange={setOutcome}
      />
      {outcome === 'upheld' && (
        <WrongFacts facts={appeal.facts} wrong={wrong} onChange={setWrong} />
      )}
      <Lines
        label={t('appeals.answer')}
        hint={t('appeals.answerHint')}
        value={text}
        onChange={(typed) => setText(typed.slice(0, 2000))}
      />
      <LastRefusal />
      <div className={css['row']}>
        <Button
          type="submit"
          kind="primary"
          disabled={busy || outcome === '' || text.trim() === ''}
        >
          {t('appeals.send')}
        </Button>
      </div>
    </form>
  );
}

interface FactsProps {
  facts: readonly ToldFact[];
  wrong: readonly ToldFact[];
  onChange: (wrong: readonly ToldFact[]) => void;
}

function WrongFacts({ facts, wrong, onChange }: FactsProps) {
  const { t, f } = useWords();
  const { kindName } = useScheme();
  const counting = facts.filter(({ withdrawnAt }) => withdrawnAt === null);
  if (counting.length === 0) return <p className={css['hint']}>{t('appeals.noFacts')}</p>;
  return (
    <Group title={t('appeals.withdraws')}>
      {counting.map((fact) => (
        <Check
          key={`${fact.source}/${fact.id}`}
          checked={wrong.includes(fact)}
          onChange={(on) => onChange(on ? [...wrong, fact] : wrong.filter((one) => one !== fact))}
        >
          {t('appeals.fact', {
            what: [kindName(fact.kind), fact.value ?? ''].join(' ').trim(),
            ...{ source: `${fact.source} / ${fact.id}`, time: f.stamp(millis(fact.at)) },
          })}
        </Check>
      ))}
    </Group>
  );
}
