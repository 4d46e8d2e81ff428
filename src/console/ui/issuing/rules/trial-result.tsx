import type { Counts, DryRunAnswer } from '../../../../core/health/desk-answers.ts';
import css from '../../parts/desk.module.css';
import { NumberTable } from '../../parts/number-table.tsx';
import { useWords } from '../../use-console.ts';
import own from '../issuing.module.css';
import { useScheme } from '../scheme.ts';
import { StateWord } from '../standing.tsx';

/** How many people's state would be another. */
export const changedBy = ({ changes }: DryRunAnswer): number =>
  Object.values(changes).reduce((sum, count) => sum + count, 0);

/** What rules would do: who would turn what, how many of each state, and to how many each rule applies. */
export function TrialResult({ dry }: { dry: DryRunAnswer }) {
  const { t, f } = useWords();
  const { stateName } = useScheme();
  const failed = Object.keys(dry.failed);
  const name = (state: string) => (state === '-' ? t('figures.noState') : stateName(state));
  return (
    <div className={css['list']}>
      <h4>{t('rules.result', { persons: f.number(dry.persons) })}</h4>
      {failed.length > 0 && (
        <p className={css['note']} data-kind="wrong">
          {t('rules.failed', { rules: failed.join(', ') })}
        </p>
      )}
      {changedBy(dry) === 0 && <p>{t('rules.noChange')}</p>}
      <ul>
        {Object.entries(dry.changes).map(([change, count]) => {
          const [before = '', after = ''] = change.split('>');
          return (
            <li key={change}>
              <strong>
                {t('rules.would', {
                  ...{ count: f.number(count), before: name(before), after: name(after) },
                })}
              </strong>
            </li>
          );
        })}
      </ul>
      <div className={own['figures']}>
        <CountTable counts={dry.states} title={t('rules.byState')} isState />
        <CountTable counts={dry.rules} title={t('rules.byRule')} />
      </div>
    </div>
  );
}

interface CountProps {
  counts: Counts;
  title: string;
  isState?: true;
}

function CountTable({ counts, title, isState }: CountProps) {
  const { t, f } = useWords();
  const rows = Object.entries(counts);
  if (rows.length === 0) return null;
  return (
    <section>
      <h5 className={own['small']}>{title}</h5>
      <NumberTable
        {...{ rows, keyOf: ([name]) => name, head: t(isState ? 'rules.state' : 'rules.id') }}
        name={([name]) => {
          if (!isState) return <code>{name}</code>;
          return name === '-' ? t('figures.noState') : <StateWord state={name} />;
        }}
        columns={[{ head: t('rules.people'), cell: ([, count]) => f.number(count) }]}
      />
    </section>
  );
}
