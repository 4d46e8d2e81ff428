import { useState } from 'react';
import { shanghaiTime } from '../../../../core/health/shanghai.ts';
import { type VisitsFile, visitDays } from '../../../../core/place/desk-places.ts';
import { Field } from '../../../../parts/labelled.tsx';
import { Button } from '../../parts/button.tsx';
import css from '../../parts/desk.module.css';
import { LastRefusal } from '../../parts/refusal.tsx';
import { useConsole, useDesk, useWords } from '../../use-console.ts';

const dayMs = 86_400_000;
const minuteMs = 60_000;

/** As a field for date and time holds it, by the clock of Shanghai. */
const typed = (at: number): string => shanghaiTime(at).slice(0, 16).replace(' ', 'T');
const secondsOf = (text: string): number => Date.parse(`${text}:00+08:00`) / 1000;

/** Whether an investigation may ask for this time. */
export function isWindow(from: string, until: string, now: number): boolean {
  const [begins, ends] = [secondsOf(from), secondsOf(until)];
  return begins * 1000 >= now - visitDays * dayMs && ends > begins;
}

/** Who was at a place, taken out for an investigation, for a reason that is written down. */
export function VisitsForm({ place }: { place: string }) {
  const desk = useConsole();
  const { t } = useWords();
  const busy = useDesk((state) => state.busy);
  const now = Date.now();
  const [from, setFrom] = useState(typed(now - dayMs));
  const [until, setUntil] = useState(typed(now));
  const [reason, setReason] = useState('');
  const [taken, setTaken] = useState<number>();
  const isGood = isWindow(from, until, now);
  const take = () =>
    desk.act(async () => {
      const window = { from: secondsOf(from), until: secondsOf(until) };
      const body = { place, ...window, reason: reason.trim() };
      const answer = await desk.issuing.send<VisitsFile>('/visits', body);
      if (answer.ok) desk.keep(answer.value);
      setTaken(answer.ok ? answer.value.visits : undefined);
      return answer;
    });
  const range = { min: typed(now - visitDays * dayMs + minuteMs), max: typed(now) };
  return (
    <div className={css['form']}>
      <p className={css['hint']}>{t('visits.why')}</p>
      <Field
        {...{ label: t('visits.from'), type: 'datetime-local', value: from, ...range }}
        onChange={setFrom}
      />
      <Field
        {...{ label: t('visits.until'), type: 'datetime-local', value: until, ...range }}
        {...{ wrong: !isGood, hint: t(isGood ? 'visits.clock' : 'visits.wrong') }}
        onChange={setUntil}
      />
      <Field
        {...{ label: t('visits.reason'), hint: t('venues.logHint'), value: reason }}
        maxLength={200}
        onChange={setReason}
      />
      <LastRefusal />
      <p role="status" className={taken === undefined ? undefined : css['note']}>
        {taken !== undefined && t('visits.done', { count: taken })}
      </p>
      <Button
        kind="primary"
        disabled={busy || !isGood || reason.trim() === ''}
        onClick={() => void take()}
      >
        {t('visits.take')}
      </Button>
    </div>
  );
}
