import { useState } from 'react';
import type { PlacedGate, Site } from '../../../core/console/gates.ts';
import { Field } from '../../../parts/labelled.tsx';
import { Button } from '../parts/button.tsx';
import css from '../parts/desk.module.css';
import { Loaded } from '../parts/loaded.tsx';
import { useConsole, useMay, useQuery, useWords } from '../use-console.ts';
import { GateDialog } from './gate-dialog.tsx';
import { GateTable } from './gate-table.tsx';
import { ImportDialog } from './import-dialog.tsx';
import { SitesBox } from './sites-box.tsx';

interface Gates {
  readonly gates: readonly PlacedGate[];
  readonly more: boolean;
}
interface Sites {
  readonly sites: readonly Site[];
}

/** Every gate of one's areas: found, added, changed, and chosen for enrolling phones. */
export function GatesPage() {
  const desk = useConsole();
  const { t } = useWords();
  const mayWrite = useMay('gates:write');
  const mayEnrol = useMay('devices:write');
  const [search, setSearch] = useState('');
  const [closed, setClosed] = useState(false);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [open, setOpen] = useState<PlacedGate | 'new' | 'import'>();
  const query = useQuery<Gates>(
    `/gates?search=${encodeURIComponent(search)}${closed ? '&closed=1' : ''}`,
  );
  const sites = useQuery<Sites>('/sites');
  const close = () => {
    setOpen(undefined);
    void query.refresh();
  };
  const known = sites.data?.sites ?? [];
  return (
    <>
      <div className={css['row']}>
        {mayWrite && (
          <>
            <Button kind="primary" onClick={() => setOpen('new')}>
              {t('gates.add')}
            </Button>
            <Button onClick={() => setOpen('import')}>{t('gates.import')}</Button>
          </>
        )}
        {mayEnrol && chosen.size > 0 && (
          <Button kind="primary" onClick={() => desk.go('enrol', [...chosen].join('\n'))}>
            {t('gates.enrol', { count: chosen.size })}
          </Button>
        )}
      </div>
      <div className={css['box']}>
        <div className={css['spread']}>
          <Field label={t('gates.search')} value={search} onChange={setSearch} type="search" />
          <label className={css['row']}>
            <input
              type="checkbox"
              checked={closed}
              onChange={(event) => setClosed(event.target.checked)}
            />
            {t('gates.closedToo')}
          </label>
        </div>
        <Loaded query={query}>
          {({ gates, more }) =>
            gates.length === 0 ? (
              <p>{t(search === '' ? 'gates.none' : 'gates.noneFound')}</p>
            ) : (
              <>
                <GateTable
                  {...{ gates, chosen, mayEnrol, mayWrite }}
                  onChoose={setChosen}
                  onChange={setOpen}
                />
                {more && <p className={css['note']}>{t('gates.moreThere')}</p>}
              </>
            )
          }
        </Loaded>
      </div>
      <Loaded query={sites}>{() => <SitesBox sites={known} refresh={sites.refresh} />}</Loaded>
      {open === 'import' && <ImportDialog onClose={close} />}
      {open !== undefined && open !== 'import' && (
        <GateDialog gate={open === 'new' ? undefined : open} sites={known} onClose={close} />
      )}
    </>
  );
}
