import { useRef, useState } from 'react';
import { refusals } from '../../../core/log/outcome.ts';
import type { PersonLine } from '../../../core/log/people.ts';
import { Button } from '../../../parts/button.tsx';
import { lookOf } from '../../../parts/shape.tsx';
import { admitsOnly, lastPeople, type Word } from '../../app/scan/correct.ts';
import { Sheet } from '../parts/sheet.tsx';
import { reasonTitle } from '../reason-title.ts';
import { useStatusName } from '../shift/use-issuer-words.ts';
import { VerdictTag } from '../shift/verdict-tag.tsx';
import { SupervisorWord } from '../supervisor/supervisor-word.tsx';
import { useDeaf } from '../taps/use-deaf.ts';
import { useActions, useApp, useWords } from '../use-ui.ts';
import css from './last-people.module.css';

interface Props {
  /** Seq of the person to begin with. */
  first?: number | undefined;
  onClose: () => void;
}

/** The last people, to be opened again: how it ended, and for ten minutes how it is to end instead. */
export function LastPeople({ first, onClose }: Props) {
  const recent = useApp((state) => state.recent);
  const { t } = useWords();
  const [chosen, setChosen] = useState(first);
  const people = lastPeople({ recent });
  const line = people.find(({ seq }) => seq === chosen);
  return (
    <Sheet title={t('last.title')} onClose={onClose}>
      {line ? (
        <Person key={line.seq} line={line} onBack={() => setChosen(undefined)} />
      ) : (
        <>
          <p>{t(people.length > 0 ? 'last.lead' : 'last.none')}</p>
          <ol className={css['list']}>
            {people.map((one) => (
              <li key={one.seq}>
                <Button onClick={() => setChosen(one.seq)}>
                  <Facts line={one} />
                </Button>
              </li>
            ))}
          </ol>
        </>
      )}
    </Sheet>
  );
}

const outcomeWords = {
  admitted: 'outcome.admitted',
  refused: 'outcome.refused',
  'not-recorded': 'paper.notRecorded',
} as const;

const outWords = {
  admitted: 'way.left',
  refused: 'way.notLeft',
  'not-recorded': 'paper.notRecorded',
} as const;

function Facts({ line }: { line: PersonLine }) {
  const words = useWords();
  const { t, f } = words;
  const boundTo = useApp((state) => state.boundTo)?.[line.seq];
  const statusName = useStatusName();
  const { scan, state, reason, outcome, dir } = line;
  const colour = scan?.iss !== undefined && scan.st !== undefined && statusName(scan.iss, scan.st);
  const why = reason === undefined ? t('bar.manual') : reasonTitle(reason, words, boundTo);
  const look = lookOf({
    state: state ?? (outcome === 'admitted' ? 'pass' : 'stop'),
    ...(reason && { reason }),
    ...(dir && { dir }),
  });
  return (
    <span className={css['facts']}>
      <time>{f.time(line.at, true)}</time>
      <VerdictTag state={look}>{t(`state.${look}`)}</VerdictTag>
      <b>{t(dir ? outWords[outcome] : outcomeWords[outcome])}</b>
      <span>{colour && colour !== why ? `${why} · ${colour}` : why}</span>
    </span>
  );
}

/** Nothing here is green or large: it is what was, not somebody at the gate. */
function Person({ line, onBack }: { line: PersonLine; onBack: () => void }) {
  const answer = useApp((state) => state.correction);
  const { t } = useWords();
  const { correct } = useActions();
  const [asks, setAsks] = useState<'refused' | 'supervisor'>();
  const [said, setSaid] = useState(false);
  const person = useRef<HTMLDivElement>(null);
  useDeaf(person, asks ?? 'facts');
  const say = async (word: Word) => {
    await correct(line.seq, word);
    setAsks(undefined);
    setSaid(true);
  };
  return (
    <div ref={person} className={css['person']}>
      <Facts line={line} />
      {said && answer && <p role="status">{t(`last.${answer}`)}</p>}
      {asks === 'refused' && (
        <fieldset>
          <legend>{t('manual.why')}</legend>
          <div className={css['chips']}>
            {refusals.map((why) => (
              <Button key={why} onClick={() => void say({ outcome: 'refused', why })}>
                {t(`why.${why}`)}
              </Button>
            ))}
          </div>
        </fieldset>
      )}
      {asks === 'supervisor' && (
        <SupervisorWord onWhy={(why) => void say({ outcome: 'admitted', why })} />
      )}
      {asks === undefined && (
        <>
          {line.outcome === 'not-recorded' && <p>{t('last.say')}</p>}
          {line.outcome !== 'admitted' &&
            (admitsOnly(line) === 'supervisor' ? (
              <Button onClick={() => setAsks('supervisor')}>{t('boss.letIn')}</Button>
            ) : (
              <Button onClick={() => void say({ outcome: 'admitted' })}>
                {t(line.dir ? 'way.left' : 'last.to.admitted')}
              </Button>
            ))}
          {line.outcome !== 'refused' && (
            <Button
              onClick={() =>
                line.dir ? void say({ outcome: 'refused', why: 'other' }) : setAsks('refused')
              }
            >
              {t(line.dir ? 'way.notLeft' : 'last.to.refused')}
            </Button>
          )}
        </>
      )}
      <Button onClick={asks ? () => setAsks(undefined) : onBack}>{t('card.back')}</Button>
    </div>
  );
}
