import type { ShiftReport } from '../../../core/console/shifts.ts';
import { Button } from '../parts/button.tsx';
import css from '../parts/desk.module.css';
import { Loaded } from '../parts/loaded.tsx';
import { useConsole, useDesk, useQuery, useWords } from '../use-console.ts';
import own from './history.module.css';
import { Counts, Told, Verdicts } from './shift-tables.tsx';
import { TakeOut } from './take-out.tsx';

/** One shift, `#/shift/DEVICE SHIFT`: as the phone’s report has it, to be printed and put into a file. */
export function ShiftPage() {
  const desk = useConsole();
  const { t } = useWords();
  const [device = '', shift = ''] = (useDesk((state) => state.of) ?? '').split(' ');
  const query = useQuery<ShiftReport>(
    `/shifts/${encodeURIComponent(device)}/${encodeURIComponent(shift)}`,
  );
  return (
    <>
      <div className={`${css['row']} ${own['tools']}`}>
        <Button onClick={() => desk.go('shifts')}>{t('report.back')}</Button>
        <Button onClick={() => desk.go('entries', `${device} ${shift}`)}>
          {t('report.entries')}
        </Button>
        <Button onClick={() => window.print()}>{t('report.print')}</Button>
      </div>
      <Loaded query={query}>{(report) => <Report report={report} />}</Loaded>
      <div className={own['tools']}>
        <TakeOut question={{ device, shift }} />
      </div>
    </>
  );
}

function Report({ report }: { report: ShiftReport }) {
  const { t, f } = useWords();
  const { row, summary, paper, entries, missing, chainBreak, receiptedThrough, late } = report;
  const facts = [
    [t('shifts.guard'), row.operator ?? t('shifts.noName')],
    [t('entry.gate'), row.gateName],
    [t('report.from'), f.stamp(row.from)],
    [t('report.to'), row.ended ? f.stamp(row.to) : t('shifts.running')],
    [t('entry.phone'), row.device],
    [t('phones.app'), paper.app],
  ] as const;
  const isWhole = missing === 0 && !chainBreak;
  const receipt = { seq: Math.min(receiptedThrough, paper.last.seq) };
  return (
    <>
      <section className={css['box']}>
        <dl className={css['facts']}>
          {facts.map(([name, value]) => [
            <dt key={name}>{name}</dt>,
            <dd key={`${name} value`}>{value}</dd>,
          ])}
        </dl>
      </section>
      <section className={css['box']}>
        <h2>{t('report.people')}</h2>
        <Verdicts summary={summary} />
        <p>{t('report.companions', summary.companions)}</p>
        <p>{t('report.fever', { measured: summary.measured, fever: summary.fever })}</p>
      </section>
      <div className={own['two']}>
        <Counts title={t('report.reasons')} column="finalReason" rows={summary.reasons} />
        <Counts
          {...{ title: t('report.issuers'), rows: summary.issuers, names: report.issuers }}
          column="iss"
        />
      </div>
      <section className={css['box']}>
        <h2>{t('report.told')}</h2>
        {paper.told.length === 0 ? <p>{t('report.nobody')}</p> : <Told told={paper.told} />}
      </section>
      <section className={css['box']}>
        <h2>{t('report.proof')}</h2>
        {isWhole && <p className={own['good']}>{t('report.whole', { entries })}</p>}
        {missing > 0 && (
          <p className={css['note']} data-kind="wrong">
            {t('report.missing', { missing })}
          </p>
        )}
        {chainBreak && (
          <p className={css['note']} data-kind="wrong">
            {t('report.broken', { seq: chainBreak.at })}
          </p>
        )}
        <p>
          {receiptedThrough >= paper.last.seq
            ? t('report.receipted', receipt)
            : t('report.unreceipted', receipt)}
        </p>
        {late > 0 && <p className={css['note']}>{t('report.late', { late })}</p>}
        <p className={css['hint']}>{t('report.last', { seq: paper.last.seq })}</p>
        <code className={own['signed']}>{paper.last.hash}</code>
      </section>
    </>
  );
}
