import { verdictTotals } from '../../../core/log/shift-summary.ts';
import type { ShiftReport } from '../../app/shift/shift-state.ts';
import { useIssuerName } from '../shift/use-issuer-words.ts';
import { TwiceList } from '../twice/twice-list.tsx';
import { useApp, useNow, useWords } from '../use-ui.ts';
import { BarTable } from './bar-table.tsx';
import { everyHour } from './every-hour.ts';
import css from './report-view.module.css';

const states = ['pass', 'check', 'stop', 'unknown'] as const;

/** A shift in numbers, on screen: who, when, how many, why, and whether the log is whole. */
export function ReportView({ report }: { report: ShiftReport }) {
  const gate = useApp((state) => state.gate);
  const { t, f } = useWords();
  const verdicts = verdictTotals(report);
  const issuerName = useIssuerName();
  const now = useNow(60_000);
  const { startedAt, endedAt } = report;
  const isOneDay = new Date(startedAt).toDateString() === new Date(endedAt).toDateString();
  const span = {
    from: f.dayTime(startedAt, now),
    to: isOneDay ? f.time(endedAt) : f.dayTime(endedAt, now),
  };
  return (
    <article className={css['report']}>
      <p>
        <strong>{gate?.name}</strong> · {report.operator}
        <br />
        {t('report.span', span)}
      </p>
      <p className={css['whole']} data-broken={report.chainBreak !== undefined}>
        {report.chainBreak === undefined
          ? t('report.whole')
          : t('report.broken', { seq: report.chainBreak.at })}
      </p>
      <BarTable
        title={`${t('report.verdicts')} (${f.number(report.people)})`}
        bars={states.map((state) => ({
          label: t(`state.${state}`),
          value: verdicts[state],
          state,
        }))}
      />
      <p>
        {t('report.byHand', report.verdicts.byHand)}
        <br />
        {t('report.companions', { n: report.companions.all })}
        <Others report={report} />
      </p>
      <TwiceList from={startedAt} to={endedAt} />
      <BarTable
        title={t('report.hours')}
        bars={everyHour(report.hours).map(({ from, people }) => ({
          label: f.time(from),
          value: people,
        }))}
      />
      <BarTable
        title={t('report.reasons')}
        bars={report.reasons.map(({ reason, people }) => ({
          label: t(`reason.${reason}.title`),
          value: people,
        }))}
      />
      <BarTable
        title={t('report.issuers')}
        bars={report.issuers.map(({ issuer, people }) => ({
          label: issuerName(issuer),
          value: people,
        }))}
      />
    </article>
  );
}

/** Who left, and codes that were only looked at: in no number above. */
function Others({ report: { left, looks } }: { report: ShiftReport }) {
  const { t, f } = useWords();
  const said = [
    left.admitted > 0 && `${t('way.left')} ${f.number(left.admitted + left.companions)}`,
    left.refused > 0 && `${t('way.notLeft')} ${f.number(left.refused)}`,
    looks > 0 && `${t('look.count')} ${f.number(looks)}`,
  ].filter((one) => one !== false);
  if (said.length === 0) return null;
  return (
    <>
      <br />
      {said.join(' · ')}
    </>
  );
}
