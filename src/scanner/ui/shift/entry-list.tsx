import { useState } from 'react';
import { type PersonLine, peopleOf } from '../../../core/log/people.ts';
import { Button } from '../../../parts/button.tsx';
import { Icon } from '../../../parts/icon.tsx';
import { lookOf } from '../../../parts/shape.tsx';
import { reasonTitle } from '../reason-title.ts';
import { useTwiceLine } from '../twice/use-twice.ts';
import { useApp, useWords } from '../use-ui.ts';
import css from './entry-list.module.css';
import { useIssuerName, useStatusName } from './use-issuer-words.ts';
import { VerdictTag } from './verdict-tag.tsx';

const shown = ['all', 'admitted', 'refused', 'not-recorded'] as const;
const wordOf = {
  all: 'list.all',
  admitted: 'paper.admitted',
  refused: 'paper.refused',
  'not-recorded': 'paper.notRecorded',
} as const;

const outWordOf = {
  admitted: 'way.left',
  refused: 'way.notLeft',
  'not-recorded': 'paper.notRecorded',
} as const;

/** Who came in this shift, newest first, one row a person, by how it ended. Nothing personal is in the log. */
export function EntryList() {
  const recent = useApp((state) => state.recent);
  const unsynced = useApp((state) => state.sync.unsynced);
  const { t } = useWords();
  const [outcome, setOutcome] = useState<(typeof shown)[number]>('all');
  const people = peopleOf([...recent].reverse()).reverse();
  if (people.length === 0) return <p>{t('shift.empty')}</p>;
  const rows = people.filter(
    ({ outcome: ended, dir }) => outcome === 'all' || (ended === outcome && !dir),
  );
  const uploaded = (recent[0]?.seq ?? 0) - unsynced;
  return (
    <section aria-label={t('bar.recent')}>
      <div className={css['filter']}>
        {shown.map((one) => (
          <Button key={one} aria-pressed={one === outcome} onClick={() => setOutcome(one)}>
            {t(wordOf[one])}
          </Button>
        ))}
      </div>
      {rows.length === 0 && <p role="status">{t('list.none')}</p>}
      <ol className={css['list']}>
        {rows.map((line) => (
          <Entry key={line.seq} line={line} synced={(line.saidBy ?? line.seq) <= uploaded} />
        ))}
      </ol>
    </section>
  );
}

function Entry({ line, synced }: { line: PersonLine; synced: boolean }) {
  const words = useWords();
  const { t, f } = words;
  const boundTo = useApp((state) => state.boundTo)?.[line.seq];
  const issuerName = useIssuerName();
  const statusName = useStatusName();
  const twice = useTwiceLine(line.seq);
  const { scan, manual, reason, temperatureC, companions } = line;
  const state = line.state ?? (line.outcome === 'admitted' ? 'pass' : 'stop');
  const look = lookOf({ state, ...(reason && { reason }), ...(line.dir && { dir: line.dir }) });
  const facts = [
    reason !== undefined && reasonTitle(reason, words, boundTo),
    manual && t('bar.manual'),
    scan?.iss !== undefined && issuerName(scan.iss),
    scan?.iss !== undefined && scan.st !== undefined && statusName(scan.iss, scan.st),
    temperatureC !== undefined && f.celsius(temperatureC),
    companions > 0 && t('card.companions', { n: companions }),
  ];
  return (
    <li className={css['entry']}>
      <time>{f.time(line.at, true)}</time>
      <VerdictTag state={look}>{t(`state.${look}`)}</VerdictTag>
      <b>{t(line.dir ? outWordOf[line.outcome] : wordOf[line.outcome])}</b>
      <span className={css['facts']}>{facts.filter(Boolean).join(' · ')}</span>
      {twice && <b className={css['twice']}>{twice}</b>}
      <span className={css['sync']} data-synced={synced}>
        <Icon name={synced ? 'done' : 'cloud'} />
        {t(synced ? 'shift.uploaded' : 'shift.waiting')}
      </span>
    </li>
  );
}
