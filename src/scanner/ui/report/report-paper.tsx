import { kioskRefusal, overrideReasons, refusals } from '../../../core/log/outcome.ts';
import type { PersonLine } from '../../../core/log/people.ts';
import type { ShiftPaper } from '../../../core/log/shift-paper.ts';
import { Paper } from '../../../parts/paper.tsx';
import type { ShiftReport } from '../../app/shift/shift-state.ts';
import { TwiceList } from '../twice/twice-list.tsx';
import { useApp, useUi, useWords, type Words } from '../use-ui.ts';
import css from './report-paper.module.css';

interface Props {
  report: ShiftReport;
  paper: ShiftPaper;
  /** When the button was pressed, epoch milliseconds. */
  printedAt: number;
}

const decidedOn = ['pass', 'check', 'stop', 'unknown', 'byHand'] as const;
const outcomes = ['admitted', 'refused', 'notRecorded'] as const;

/** A shift on paper, to be signed and put into a file: only printers see it. Every date is whole. */
export function ReportPaper({ report, paper, printedAt }: Props) {
  const words = useWords();
  const { t } = words;
  return (
    <Paper className={css['sheet']}>
      <h1>{t('report.title')}</h1>
      <Facts report={report} paper={paper} printedAt={printedAt} />
      <TotalsTable report={report} />
      <p>{t('paper.companions', { n: report.companions.all })}</p>
      <p>{t('paper.reasons', { list: reasonsOf(report, words) })}</p>
      <Told told={paper.told} />
      <TwiceList from={report.startedAt} to={report.endedAt} />
      <Proof report={report} paper={paper} />
      <dl className={css['sign']}>
        {(['guard', 'supervisor', 'date'] as const).map((who) => (
          <div key={who}>
            <dt>{t(`paper.sign.${who}`)}</dt>
          </div>
        ))}
      </dl>
    </Paper>
  );
}

function Facts({ report, paper, printedAt }: Props) {
  const gate = useApp((state) => state.gate);
  const { version } = useUi();
  const { t, f } = useWords();
  const place = gate?.id === paper.gate ? gate : undefined;
  const facts = [
    [t('paper.gate'), place ? `${place.name}（${paper.gate}）` : paper.gate],
    [t('paper.site'), place?.site],
    [t('paper.guard'), report.operator],
    [t('paper.from'), f.stamp(report.startedAt)],
    [t('paper.to'), f.stamp(report.endedAt)],
    [t('paper.device'), paper.device],
    [t('paper.app'), paper.app === version ? version : `${paper.app} → ${version}`],
    [t('paper.shift'), report.id],
    [t('paper.printed'), f.stamp(printedAt)],
  ] as const;
  return (
    <dl className={css['facts']}>
      {facts.map(([name, value]) =>
        value === undefined ? null : (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <bdi>{value}</bdi>
            </dd>
          </div>
        ),
      )}
    </dl>
  );
}

const sumOf = (numbers: readonly number[]) => numbers.reduce((sum, n) => sum + n, 0);

/** Verdict reasons with how many people each had, the most frequent first. */
const reasonsOf = ({ reasons }: ShiftReport, { t, f }: Words): string =>
  reasons
    .map(({ reason, people }) => `${t(`reason.${reason}.title`)} ${f.number(people)}`)
    .join(' · ');

function TotalsTable({ report }: Pick<Props, 'report'>) {
  const { t, f } = useWords();
  const left = report.left.admitted + report.left.companions;
  return (
    <>
      <table>
        <caption>{t('paper.totals')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('report.verdicts')}</th>
            {outcomes.map((outcome) => (
              <th key={outcome} scope="col">
                {t(`paper.${outcome}`)}
              </th>
            ))}
            <th scope="col">{t('paper.people')}</th>
          </tr>
        </thead>
        <tbody>
          {decidedOn.map((row) => (
            <tr key={row}>
              <th scope="row">{t(row === 'byHand' ? 'bar.manual' : `state.${row}`)}</th>
              {outcomes.map((outcome) => (
                <td key={outcome}>{f.number(report.verdicts[row][outcome])}</td>
              ))}
              <td>{f.number(sumOf(outcomes.map((outcome) => report.verdicts[row][outcome])))}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{t('paper.sum')}</th>
            {outcomes.map((outcome) => (
              <td key={outcome}>{f.number(report[outcome])}</td>
            ))}
            <td>{f.number(report.people)}</td>
          </tr>
        </tfoot>
      </table>
      {(left > 0 || report.looks > 0) && (
        <p>
          {t('way.left')} {f.number(left)} · {t('look.count')} {f.number(report.looks)}
        </p>
      )}
    </>
  );
}

/** Who was stopped, left open, let in against the scanner or decided anew: no more than the log says. */
function Told({ told }: Pick<ShiftPaper, 'told'>) {
  const words = useWords();
  const { t, f } = words;
  if (told.length === 0) return <p>{t('paper.nobody')}</p>;
  return (
    <table>
      <caption>{t('paper.told')}</caption>
      <thead>
        <tr>
          {(['when', 'why', 'outcome', 'by'] as const).map((head) => (
            <th key={head} scope="col">
              {t(`paper.${head}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {told.map((line) => (
          <tr key={line.seq}>
            <td>{f.stamp(line.at)}</td>
            <td>{verdictOf(line, words)}</td>
            <td>{outcomeOf(line, words)}</td>
            <td>{line.by === undefined ? '–' : t(`paper.by.${line.by}`)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function verdictOf({ state, reason, manual }: PersonLine, { t }: Words): string {
  const said = state && reason ? [t(`state.${state}`), t(`reason.${reason}.title`)] : [];
  return [...said, ...(manual ? [t('bar.manual')] : [])].join(' · ');
}

const outWords = {
  admitted: 'way.left',
  refused: 'way.notLeft',
  'not-recorded': 'paper.notRecorded',
} as const;

function outcomeOf({ outcome, why, corrections, dir }: PersonLine, { t, f }: Words): string {
  const word = `paper.${outcome === 'not-recorded' ? 'notRecorded' : outcome}` as const;
  const said = [t(dir ? outWords[outcome] : word)];
  if (why !== undefined) said.push(isWhy(why) ? t(`why.${why}`) : why);
  if (corrections > 0) said.push(t('paper.corrected', { n: f.number(corrections) }));
  return said.join(' · ');
}

const whys = [...refusals, ...overrideReasons, kioskRefusal] as const;
const isWhy = (why: string): why is (typeof whys)[number] =>
  (whys as readonly string[]).includes(why);

function Proof({ report, paper }: Pick<Props, 'report' | 'paper'>) {
  const { unsynced, lastAt } = useApp((state) => state.sync);
  const { t, f } = useWords();
  return (
    <section className={css['proof']}>
      <p>
        {report.chainBreak === undefined
          ? t('report.whole')
          : t('report.broken', { seq: report.chainBreak.at })}
      </p>
      <p>
        {unsynced > 0 || lastAt === undefined
          ? t('paper.unreceipted', { n: f.number(unsynced) })
          : t('paper.receipted', { when: f.stamp(lastAt) })}
      </p>
      <p>{t('paper.last', { seq: paper.last.seq })}</p>
      <code>{paper.last.hash}</code>
    </section>
  );
}
