import { Fragment } from 'react';
import type { ShiftReport } from '../../../core/console/shifts.ts';
import type { PersonLine } from '../../../core/log/people.ts';
import type { ShiftSummary } from '../../../core/log/shift-summary.ts';
import css from '../parts/desk.module.css';
import { useDesk, useWords } from '../use-console.ts';
import { logSpeech } from './log-words.ts';
import { StateTag } from './state-tag.tsx';

const decidedOn = ['pass', 'check', 'stop', 'unknown', 'byHand'] as const;
const ends = ['admitted', 'refused', 'notRecorded'] as const;

/** Everybody once: how it was decided, and how it ended. */
export function Verdicts({ summary }: { summary: ShiftSummary }) {
  const { t, f } = useWords();
  const { say } = logSpeech(useDesk((state) => state.language));
  const heads = [t('report.verdict'), ...ends.map((end) => t(`today.${end}`)), t('report.people')];
  const line = (of: Readonly<Record<(typeof ends)[number], number>>) => [
    ...ends.map((end) => of[end]),
    ends.reduce((sum, end) => sum + of[end], 0),
  ];
  const cells = (numbers: readonly number[]) =>
    numbers.map((number, at) => (
      <td key={heads[at + 1]} data-label={heads[at + 1]} data-number>
        {f.number(number)}
      </td>
    ));
  return (
    <div className={css['scroll']}>
      <table className={css['table']}>
        <thead>
          <tr>
            {heads.map((head, at) => (
              <th key={head} scope="col" data-number={at > 0 || undefined}>
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {decidedOn.map((state) => (
            <tr key={state}>
              <th scope="row">
                {state === 'byHand' ? say('type', 'manual') : <StateTag state={state} />}
              </th>
              {cells(line(summary.verdicts[state]))}
            </tr>
          ))}
          <tr>
            <th scope="row">{t('report.people')}</th>
            {cells(line(summary))}
          </tr>
        </tbody>
      </table>
      <dl className={css['facts']}>
        {others.map(([name, of]) =>
          of(summary) === 0 ? null : (
            <Fragment key={name}>
              <dt>{t(name)}</dt>
              <dd>{f.number(of(summary))}</dd>
            </Fragment>
          ),
        )}
      </dl>
    </div>
  );
}

/** Who is in no number of the table. */
const others = [
  ['today.left', ({ left }: ShiftSummary) => left.admitted + left.companions],
  ['today.held', ({ left }: ShiftSummary) => left.refused],
  ['today.looks', ({ looks }: ShiftSummary) => looks],
] as const;

interface CountsProps {
  title: string;
  column: 'finalReason' | 'iss';
  rows: readonly ({ readonly people: number } & Readonly<Record<string, unknown>>)[];
  /** What a word is called; default: as the gate’s tables call it. */
  names?: ShiftReport['issuers'];
}

/** People by a word of the log, the most frequent first. */
export function Counts({ title, column, rows, names = {} }: CountsProps) {
  const { f } = useWords();
  const language = useDesk((state) => state.language);
  const { say } = logSpeech(language);
  if (rows.length === 0) return null;
  return (
    <section className={css['box']}>
      <h2>{title}</h2>
      <dl className={css['facts']}>
        {rows.map(({ people, ...row }) => {
          const [name = ''] = Object.values(row).map(String);
          return [
            <dt key={name}>{names[name]?.[language] ?? say(column, name)}</dt>,
            <dd key={`${name} people`}>{f.number(people)}</dd>,
          ];
        })}
      </dl>
    </section>
  );
}

const outEnds = { admitted: 'left', refused: 'held', 'not-recorded': 'not-recorded' } as const;
const endOf = ({ dir, outcome }: PersonLine) => (dir ? outEnds[outcome] : outcome);

/** Everybody who is not simply in by the scanner’s word. */
export function Told({ told }: { told: readonly PersonLine[] }) {
  const { t, f } = useWords();
  const { words, say } = logSpeech(useDesk((state) => state.language));
  const heads = [t('entry.when'), t('entry.what'), t('entry.outcome'), words.headers.by];
  return (
    <div className={css['scroll']}>
      <table className={css['table']}>
        <thead>
          <tr>
            {heads.map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {told.map((line) => {
            const corrected =
              line.corrections > 0 ? t('report.corrected', { n: line.corrections }) : '';
            const said = [say('outcome', endOf(line)), say('why', line.why), corrected];
            return (
              <tr key={line.seq}>
                <td data-label={heads[0]}>{f.stamp(line.at)}</td>
                <td data-label={heads[1]}>
                  {line.state && <StateTag state={line.state} />} {say('finalReason', line.reason)}{' '}
                  {line.manual && say('type', 'manual')}
                </td>
                <td data-label={heads[2]}>{said.filter((part) => part !== '').join(' · ')}</td>
                <td data-label={heads[3]}>{say('by', line.by) || '—'}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
