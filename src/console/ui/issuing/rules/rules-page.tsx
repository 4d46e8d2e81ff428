import type { ColourRule } from '../../../../core/health/colour-rules.ts';
import type { RulesInForce } from '../../../../core/health/desk-answers.ts';
import { DataTable } from '../../parts/data-table.tsx';
import css from '../../parts/desk.module.css';
import { Loaded } from '../../parts/loaded.tsx';
import { useDesk, useIssuing, useWords } from '../../use-console.ts';
import { useScheme } from '../scheme.ts';
import { StateWord } from '../standing.tsx';
import { RulesTrial } from './rules-trial.tsx';

/** The rules by which everybody is judged, and trying others. */
export function RulesPage() {
  const { t } = useWords();
  const query = useIssuing<RulesInForce>('/rules');
  return (
    <Loaded query={query}>
      {({ inForce }) => (
        <>
          <section className={css['box']} aria-labelledby="in-force">
            {inForce ? (
              <>
                <h3 id="in-force">{t('rules.inForce', { version: inForce.version })}</h3>
                <RuleTable rules={inForce.rules.rules} />
              </>
            ) : (
              <p id="in-force">{t('rules.none')}</p>
            )}
          </section>
          <RulesTrial inForce={inForce?.rules} onUsed={() => void query.refresh()} />
        </>
      )}
    </Loaded>
  );
}

function RuleTable({ rules }: { rules: readonly ColourRule[] }) {
  const { t } = useWords();
  const language = useDesk((state) => state.language);
  const { noticeName } = useScheme();
  return (
    <DataTable
      rows={rules}
      keyOf={({ id }) => id}
      columns={[
        {
          ...{ head: t('rules.id'), is: 'name' },
          cell: ({ id, label }) => (
            <span>
              {label[language]} <code>{id}</code>
            </span>
          ),
        },
        {
          head: t('rules.gives'),
          cell: ({ gives }) =>
            'state' in gives ? <StateWord state={gives.state} /> : noticeName(gives.notice),
        },
        { head: t('rules.on'), cell: ({ on }) => t(`rules.on.${on}`) },
        { head: t('standing.why'), cell: (rule) => t(`class.${rule.class}`) },
        { head: t('rules.urgent'), cell: ({ urgent }) => t(urgent ? 'person.yes' : 'person.no') },
      ]}
    />
  );
}
