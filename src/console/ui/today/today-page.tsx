import type { ReactNode } from 'react';
import type { Day } from '../../../core/console/live.ts';
import { hashOf } from '../../app/console.ts';
import { TakeOut } from '../history/take-out.tsx';
import { Button } from '../parts/button.tsx';
import css from '../parts/desk.module.css';
import { Loaded } from '../parts/loaded.tsx';
import { useConsole, useDesk, useLive, useQuery, useWords } from '../use-console.ts';
import { clockOffset, dayBefore, daysBack } from './days.ts';
import { DemoBox } from './demo-box.tsx';
import { HourBars } from './hour-bars.tsx';
import { Inside } from './inside.tsx';
import { LineStatus } from './line-status.tsx';
import { Silent } from './silent.tsx';
import { Gates, Issuers, Reasons } from './tables.tsx';
import own from './today-page.module.css';
import { Totals } from './totals.tsx';

const mostBack = 30;
const dayMs = 24 * 3_600_000;

/** The day at a glance, of all gates or of one: how it ended, which gate is silent, when the rush was. */
export function TodayPage() {
  const desk = useConsole();
  const { t } = useWords();
  const gate = useDesk((state) => state.of);
  const day = useDesk((state) => state.day);
  const now = Date.now();
  const back = daysBack(now, day);
  const go = (to: number) => desk.go('today', gate, to === 0 ? undefined : dayBefore(now, to));
  const query = `offset=${clockOffset(now)}${gate ? `&gate=${encodeURIComponent(gate)}` : ''}`;
  const on = back === 0 ? undefined : dayBefore(now, back);
  return (
    <>
      <div className={`${css['row']} ${own['tools']}`}>
        <Button disabled={back >= mostBack} onClick={() => go(back + 1)}>
          {t('today.before')}
        </Button>
        <Button disabled={back === 0} onClick={() => go(back - 1)}>
          {t('today.after')}
        </Button>
        <Button onClick={() => window.print()}>{t('enrol.print')}</Button>
        {gate && <a href={hashOf('today', undefined, on)}>{t('today.all')}</a>}
        {gate && <a href={hashOf('heat', gate)}>{t('page.heat')}</a>}
      </div>
      {back === 0 ? (
        <LiveDay key={query} query={query} />
      ) : (
        <PastDay key={`${query} ${back}`} {...{ query, back, on }} />
      )}
    </>
  );
}

function LiveDay({ query }: { query: string }) {
  const live = useLive<Day>(`/day?${query}`, `/day/events?${query}`);
  const { line, ...rest } = live;
  return (
    <>
      <LineStatus live={live} at={live.data?.at} />
      <Loaded query={{ ...rest, loading: line === 'opening' }}>
        {(day) => (
          <>
            <DemoBox gates={day.gates} done={() => void live.refresh()} />
            <DayView day={day} isToday />
          </>
        )}
      </Loaded>
    </>
  );
}

function PastDay({ query, back, on }: { query: string; back: number; on: string | undefined }) {
  const { t, f } = useWords();
  return (
    <Loaded query={useQuery<Day>(`/day?${query}&back=${back}`)}>
      {(day) => (
        <>
          <p className={css['hint']}>
            {t('today.as', { day: f.date(day.from), time: f.time(day.at, true) })}
          </p>
          <DayView day={day} on={on} />
        </>
      )}
    </Loaded>
  );
}

interface View {
  day: Day;
  isToday?: boolean;
  on?: string | undefined;
}

function DayView({ day, isToday = false, on }: View) {
  const { t } = useWords();
  const isEmpty = day.total.people === 0;
  return (
    <>
      {day.gate && <h2>{t('today.oneGate', { name: day.gate.name })}</h2>}
      <Totals day={day} />
      {isToday && (
        <Box title={t('today.silent')}>
          <Silent silent={day.silent} />
        </Box>
      )}
      <Box title={t('today.hours')}>
        <HourBars hours={day.hours} />
      </Box>
      {day.sites.length > 0 && (
        <Box title={t('today.inside')}>
          <Inside sites={day.sites} />
        </Box>
      )}
      {!day.gate && (
        <Box title={t('page.gates')}>
          {day.gates.length === 0 ? <p>{t('gates.none')}</p> : <Gates day={day} on={on} />}
        </Box>
      )}
      <div className={own['pair']}>
        <Box title={t('today.reasons')}>
          {isEmpty ? <p>{t('today.nobody')}</p> : <Reasons reasons={day.reasons} />}
        </Box>
        <Box title={t('today.issuers')}>
          {isEmpty ? <p>{t('today.nobody')}</p> : <Issuers issuers={day.issuers} />}
        </Box>
      </div>
      {!isEmpty && (
        <div className={own['tools']}>
          <TakeOut
            question={{
              ...{ from: day.from, to: day.from + dayMs },
              ...(day.gate && { gate: day.gate.id }),
            }}
          />
        </div>
      )}
    </>
  );
}

function Box({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={css['box']}>
      <h2>{title}</h2>
      {children}
    </section>
  );
}
