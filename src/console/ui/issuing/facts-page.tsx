import { useState } from 'react';
import type { FactSource, FactsTaken } from '../../../core/health/desk-answers.ts';
import labelled from '../../../parts/labelled.module.css';
import { en } from '../../words/en.ts';
import { DataTable } from '../parts/data-table.tsx';
import css from '../parts/desk.module.css';
import { Loaded } from '../parts/loaded.tsx';
import { LastRefusal } from '../parts/refusal.tsx';
import { useConsole, useDesk, useIssuing, useWords } from '../use-console.ts';
import { useScheme } from './scheme.ts';

/** A source's signed file, taken in as it came; what was not taken is told by its line. */
export function FactsPage() {
  const desk = useConsole();
  const { t } = useWords();
  const busy = useDesk((state) => state.busy);
  const query = useIssuing<{ sources: FactSource[] }>('/sources');
  const [taken, setTaken] = useState<FactsTaken>();
  const [isTaking, setTaking] = useState(false);
  const bring = async (file: File | undefined) => {
    if (!file) return;
    setTaken(undefined);
    setTaking(true);
    await desk.act(async () => {
      const answer = await desk.issuing.send<FactsTaken>('/facts', (await file.text()).trim());
      if (answer.ok) setTaken(answer.value);
      return answer;
    });
    setTaking(false);
  };
  return (
    <>
      <div className={css['box']}>
        <p className={css['hint']}>{t('facts.why')}</p>
        <label className={labelled['field']}>
          <strong>{t('facts.file')}</strong>
          <input
            type="file"
            disabled={busy}
            onChange={(event) => {
              void bring(event.target.files?.[0]);
              // the same file may be chosen again
              event.target.value = '';
            }}
          />
          <span className={css['hint']}>{t('facts.fileHint')}</span>
        </label>
        <LastRefusal />
        <div role="status">
          {isTaking && t('facts.taking')}
          {taken && <Taken taken={taken} />}
        </div>
      </div>
      <Loaded query={query}>{({ sources }) => <Sources sources={sources} />}</Loaded>
    </>
  );
}

function Taken({ taken }: { taken: FactsTaken }) {
  const { t, f } = useWords();
  const { rejected, changed } = taken;
  const what = (problem: string) =>
    Object.hasOwn(en, `facts.problem.${problem}`)
      ? t(`facts.problem.${problem}` as 'facts.problem.shape')
      : problem;
  return (
    <div className={css['list']}>
      <h3>{t('facts.done', { batch: taken.batch, source: taken.source })}</h3>
      {taken.replayed && <p className={css['note']}>{t('facts.replayed')}</p>}
      <p>
        {(['taken', 'duplicates', 'withdrawn'] as const)
          .map((one) => t(`facts.${one}`, { count: f.number(taken[one]) }))
          .join(' · ')}
      </p>
      {!taken.replayed && (
        <p>
          {t('facts.changed', {
            persons: f.number(changed.persons),
            worse: f.number(changed.worse),
            better: f.number(changed.better),
          })}
        </p>
      )}
      {rejected.length > 0 && (
        <>
          <p className={css['note']} data-kind="wrong">
            {t('facts.rejected', { count: f.number(rejected.length) })}
          </p>
          <DataTable
            rows={rejected}
            keyOf={({ line }) => line}
            columns={[
              { head: t('facts.line'), is: 'name', cell: ({ line }) => f.number(line) },
              { head: t('facts.problem'), cell: ({ problem }) => what(problem) },
            ]}
          />
        </>
      )}
    </div>
  );
}

function Sources({ sources }: { sources: readonly FactSource[] }) {
  const { t } = useWords();
  const { kindName } = useScheme();
  return (
    <section className={css['box']} aria-labelledby="sources">
      <h3 id="sources">{t('facts.sources')}</h3>
      {sources.length === 0 ? (
        <p>{t('facts.noSources')}</p>
      ) : (
        <DataTable
          rows={sources}
          keyOf={({ id }) => id}
          columns={[
            { head: t('facts.sourceName'), is: 'name', cell: ({ name }) => name },
            { head: t('told.id'), cell: ({ id }) => <code>{id}</code> },
            { head: t('facts.kinds'), cell: ({ kinds }) => kinds.map(kindName).join(' · ') },
            {
              head: t('told.state'),
              cell: ({ ended }) => t(ended ? 'facts.ended' : 'people.active'),
            },
          ]}
        />
      )}
    </section>
  );
}
