import type { Conflict, ConflictList, ShownCode } from '../../../core/console/conflicts.ts';
import { DataTable } from '../parts/data-table.tsx';
import css from '../parts/desk.module.css';
import { LoadedPages } from '../parts/loaded-pages.tsx';
import { useConsole, useDesk, useFound, useWords } from '../use-console.ts';
import { logSpeech } from './log-words.ts';
import { StateTag } from './state-tag.tsx';

const path = '/entries/conflicts';

/** Codes that two phones saw within five minutes, as it comes out when both have uploaded. */
export function TwicePage() {
  const desk = useConsole();
  const { t } = useWords();
  const query = useFound<ConflictList>(path, {});
  return (
    <LoadedPages
      query={query}
      next={({ after }) => after && (() => desk.find<ConflictList>(path, { after }))}
    >
      {(pages, older) => {
        const conflicts = pages.flatMap((page) => page.conflicts);
        const names = Object.assign({}, ...pages.map((page) => page.names));
        return (
          <section className={css['box']} aria-label={t('page.twice')}>
            <p className={css['hint']}>{t('twice.how')}</p>
            {conflicts.length === 0 ? (
              <p>{t('twice.none')}</p>
            ) : (
              <Twice conflicts={conflicts} names={names} />
            )}
            {older}
          </section>
        );
      }}
    </LoadedPages>
  );
}

function Twice({ conflicts, names }: Pick<ConflictList, 'names'> & { conflicts: Conflict[] }) {
  const { t, f } = useWords();
  return (
    <DataTable
      rows={conflicts}
      keyOf={({ earlier, key }) => `${key.device} ${key.seq} ${earlier.device} ${earlier.seq}`}
      columns={[
        { head: t('twice.earlier'), cell: ({ earlier }) => <Shown code={earlier} names={names} /> },
        {
          head: t('twice.later'),
          cell: ({ later, bothIn }) => (
            <>
              <Shown code={later} names={names} />
              {bothIn && <strong className={css['alarm']}>{t('twice.both')}</strong>}
            </>
          ),
        },
        {
          ...{ head: t('twice.apart'), is: 'number' },
          cell: ({ earlier, later }) =>
            t('twice.seconds', { n: f.number(Math.round((later.at - earlier.at) / 1000)) }),
        },
      ]}
    />
  );
}

function Shown({ code, names }: { code: ShownCode } & Pick<ConflictList, 'names'>) {
  const { t, f } = useWords();
  const { say } = logSpeech(useDesk((state) => state.language));
  const time = `${f.date(code.at)} ${f.time(code.at, true)}`;
  if (code.device === '')
    return (
      <>
        {time} · {t('twice.hidden')}
      </>
    );
  return (
    <div>
      <div>{names[code.gate] ?? code.gate}</div>
      <div>{time}</div>
      <div>
        {code.state !== null && code.state !== 'byHand' && <StateTag state={code.state} />}{' '}
        {say('outcome', code.outcome)}
      </div>
    </div>
  );
}
