import { useState } from 'react';
import type { ShiftList, ShiftRow } from '../../../core/console/shifts.ts';
import { Button } from '../parts/button.tsx';
import { DataTable } from '../parts/data-table.tsx';
import css from '../parts/desk.module.css';
import { LoadedPages } from '../parts/loaded-pages.tsx';
import { useConsole, useFound, useWords } from '../use-console.ts';
import { GatePick } from './gate-pick.tsx';

/** Who is and was on duty, the last begun first. */
export function ShiftsPage() {
  const [gate, setGate] = useState<string>();
  return (
    <>
      <div className={css['box']}>
        <div className={css['form']}>
          <GatePick gate={gate} onChoose={setGate} />
        </div>
      </div>
      <Shifts key={gate} gate={gate} />
    </>
  );
}

const path = '/shifts/search';

function Shifts({ gate }: { gate: string | undefined }) {
  const desk = useConsole();
  const { t } = useWords();
  const question = gate === undefined ? {} : { gate };
  const query = useFound<ShiftList>(path, question);
  return (
    <LoadedPages
      query={query}
      next={({ after }) => after && (() => desk.find<ShiftList>(path, { ...question, after }))}
    >
      {(pages, older) => {
        const shifts = pages.flatMap((page) => page.shifts);
        return (
          <section className={css['box']} aria-label={t('page.shifts')}>
            {shifts.length === 0 ? <p>{t('shifts.none')}</p> : <ShiftTable shifts={shifts} />}
            {older}
          </section>
        );
      }}
    </LoadedPages>
  );
}

const counts = ['people', 'admitted', 'refused', 'notRecorded', 'left', 'looks'] as const;

function ShiftTable({ shifts }: { shifts: readonly ShiftRow[] }) {
  const desk = useConsole();
  const { t, f } = useWords();
  const who = ({ operator }: ShiftRow) => operator ?? t('shifts.noName');
  const time = (at: number) => f.dayTime(at, Date.now());
  return (
    <DataTable
      rows={shifts}
      keyOf={({ device, shift }) => `${device} ${shift}`}
      columns={[
        { head: t('shifts.guard'), is: 'name', cell: who },
        {
          head: t('entry.gate'),
          cell: ({ gateName, elsewhere }) => (
            <>
              {gateName}
              {elsewhere && <Mark>{t('shifts.elsewhere')}</Mark>}
            </>
          ),
        },
        {
          head: t('shifts.time'),
          cell: ({ from, to, ended, revoked }) => (
            <>
              {time(from)} – {ended ? time(to) : t('shifts.running')}
              {revoked && <Mark>{t('shifts.revoked')}</Mark>}
            </>
          ),
        },
        ...counts.map((name) => ({
          ...{ head: t(`today.${name}`), is: 'number' as const },
          cell: ({ people }: ShiftRow) => f.number(people[name]),
        })),
      ]}
      action={{
        head: t('shifts.open'),
        cell: (one) => (
          <Button
            aria-label={t('shifts.openWhich', { who: who(one), time: f.stamp(one.from) })}
            onClick={() => desk.go('shift', `${one.device} ${one.shift}`)}
          >
            {t('shifts.open')}
          </Button>
        ),
      }}
    />
  );
}

const Mark = ({ children }: { children: string }) => (
  <>
    {' '}
    <span className={css['alarm']}>{children}</span>
  </>
);
