import { useState } from 'react';
import type { DistrictRisk } from '../../../../core/health/desk-answers.ts';
import { shanghaiDay } from '../../../../core/health/shanghai.ts';
import { Button } from '../../parts/button.tsx';
import { DataTable } from '../../parts/data-table.tsx';
import css from '../../parts/desk.module.css';
import { Loaded } from '../../parts/loaded.tsx';
import { useIssuing, useWords } from '../../use-console.ts';
import { useScheme } from '../scheme.ts';
import { RiskDialog } from './risk-dialog.tsx';

interface Risks {
  readonly districts: readonly DistrictRisk[];
}

/** The risk of each district, and changing one. */
export function RisksPage() {
  const { t } = useWords();
  const query = useIssuing<Risks>('/districts');
  const [changing, setChanging] = useState<DistrictRisk | 'new'>();
  const [changed, setChanged] = useState<number>();
  const done = (count: number) => {
    setChanging(undefined);
    setChanged(count);
    void query.refresh();
  };
  return (
    <>
      <p className={css['hint']}>{t('risks.why')}</p>
      <p role="status" className={changed === undefined ? undefined : css['note']}>
        {changed !== undefined && t(changed > 0 ? 'risks.done' : 'risks.same')}
      </p>
      <div className={css['row']}>
        <Button onClick={() => setChanging('new')}>{t('risks.add')}</Button>
      </div>
      <Loaded query={query}>
        {({ districts }) => (
          <>
            <div className={css['box']}>
              {districts.length === 0 ? (
                <p>{t('risks.none')}</p>
              ) : (
                <RiskTable districts={districts} onChange={setChanging} />
              )}
            </div>
            {changing && (
              <RiskDialog
                of={changing === 'new' ? undefined : changing}
                known={districts}
                today={shanghaiDay(Date.now())}
                onClose={() => setChanging(undefined)}
                onDone={done}
              />
            )}
          </>
        )}
      </Loaded>
    </>
  );
}

function RiskTable({ districts, onChange }: Risks & { onChange: (of: DistrictRisk) => void }) {
  const { t } = useWords();
  const { districtName } = useScheme();
  return (
    <DataTable
      rows={districts}
      keyOf={({ code }) => code}
      columns={[
        { head: t('risks.district'), is: 'name', cell: ({ code }) => districtName(code) },
        { head: t('risks.code'), cell: ({ code }) => <code>{code}</code> },
        { head: t('risks.risk'), cell: ({ risk }) => t(`risks.${risk}`) },
        { head: t('risks.since'), cell: ({ since }) => since },
      ]}
      action={{
        head: t('risks.change'),
        cell: (one) => (
          <Button
            aria-label={t('risks.changeWhich', { district: districtName(one.code) })}
            onClick={() => onChange(one)}
          >
            {t('risks.change')}
          </Button>
        ),
      }}
    />
  );
}
