import type { DeskFigures } from '../../../core/health/desk-answers.ts';
import { isDocumentType } from '../../../core/health/documents.ts';
import css from '../parts/desk.module.css';
import { Loaded } from '../parts/loaded.tsx';
import { NumberTable } from '../parts/number-table.tsx';
import { useIssuing, useWords } from '../use-console.ts';
import own from './issuing.module.css';
import { useScheme } from './scheme.ts';
import { StateWord } from './standing.tsx';

type Count = number | null;

/** How many there are of what; nobody is named, and nothing under ten is told. */
export function FiguresPage() {
  const { t, f } = useWords();
  const query = useIssuing<DeskFigures>('/statistics');
  return (
    <Loaded query={query}>
      {(figures) => (
        <>
          <dl className={css['facts']}>
            <dt>{t('figures.persons')}</dt>
            <dd>{f.number(figures.persons)}</dd>
            <dt>{t('figures.openAppeals')}</dt>
            <dd>{f.number(figures.openAppeals)}</dd>
          </dl>
          {figures.persons === 0 ? <p>{t('figures.none')}</p> : <Figures figures={figures} />}
          <p className={css['hint']}>{t('figures.fewWhy')}</p>
        </>
      )}
    </Loaded>
  );
}

function Figures({ figures }: { figures: DeskFigures }) {
  const { t, f } = useWords();
  const { districtName } = useScheme();
  const told = (count: Count) =>
    count === null ? <span className={own['few']}>{t('figures.few')}</span> : f.number(count);
  const count = {
    head: t('rules.people'),
    cell: ([, value]: readonly [string, Count]) => told(value),
  };
  const state = (name: string) =>
    name === '-' ? t('figures.noState') : <StateWord state={name} />;
  const type = (name: string) => (isDocumentType(name) ? t(`document.${name}`) : name);
  return (
    <div className={own['figures']}>
      <section className={css['box']} aria-labelledby="states">
        <h3 id="states">{t('figures.states')}</h3>
        <NumberTable
          {...{ rows: Object.entries(figures.states), head: t('rules.state'), columns: [count] }}
          keyOf={([name]) => name}
          name={([name]) => state(name)}
        />
      </section>
      <section className={css['box']} aria-labelledby="types">
        <h3 id="types">{t('figures.types')}</h3>
        <NumberTable
          {...{ rows: Object.entries(figures.types), head: t('document.type'), columns: [count] }}
          keyOf={([name]) => name}
          name={([name]) => type(name)}
        />
      </section>
      {figures.districts.length > 0 && (
        <section className={css['box']} aria-labelledby="districts">
          <h3 id="districts">{t('figures.districts')}</h3>
          <NumberTable
            {...{ rows: figures.districts, head: t('risks.district') }}
            keyOf={(row) => `${row.district} ${row.state}`}
            name={(row) => districtName(row.district)}
            columns={[
              { head: t('rules.state'), isText: true, cell: (row) => state(row.state) },
              { head: t('rules.people'), cell: (row) => told(row.count) },
            ]}
          />
        </section>
      )}
    </div>
  );
}
