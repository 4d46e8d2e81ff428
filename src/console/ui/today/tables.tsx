import type { Day, Ended, GateDay, NamedCount } from '../../../core/console/live.ts';
import { hashOf } from '../../app/console.ts';
import { logSpeech } from '../history/log-words.ts';
import css from '../parts/desk.module.css';
import { NumberTable } from '../parts/number-table.tsx';
import { useDesk, useWords } from '../use-console.ts';
import { outcomes } from './totals.tsx';

/** People and how it ended, a column each. */
function useEnded<R extends Ended>() {
  const { t, f } = useWords();
  return outcomes.map((outcome) => ({
    head: t(`today.${outcome}`),
    cell: (row: R) => f.number(row[outcome]),
  }));
}

/** Every gate, each a way to its own day. */
export function Gates({ day, on }: { day: Day; on?: string | undefined }) {
  const { t, f } = useWords();
  const ended = useEnded<GateDay>();
  return (
    <NumberTable
      rows={day.gates}
      head={t('gates.name')}
      keyOf={({ gate }) => gate}
      name={({ gate, name }) => <a href={hashOf('today', gate, on)}>{name}</a>}
      columns={[
        ...ended,
        { head: t('today.wentOut'), cell: ({ wentOut }) => f.number(wentOut) },
        { head: t('today.net'), cell: ({ inside }) => f.number(inside) },
        {
          head: t('phones.state'),
          isText: true,
          cell: ({ silent, uncounted }) => (
            <>
              {silent > 0 && <strong className={css['alarm']}>{t('alarm.silent')}</strong>}
              {uncounted > 0 && t('today.uncounted', { count: uncounted })}
              {silent === 0 && uncounted === 0 && '—'}
            </>
          ),
        },
      ]}
    />
  );
}

/** By the reason of the verdict as it ended. */
export function Reasons({ reasons }: { reasons: Day['reasons'] }) {
  const { t } = useWords();
  const columns = useEnded<NamedCount>();
  const { say } = logSpeech(useDesk((state) => state.language));
  return (
    <NumberTable
      {...{ rows: reasons, columns, head: t('today.reason'), keyOf: ({ name }) => name }}
      name={({ name }) => (name === '' ? t('today.noReason') : say('finalReason', name))}
    />
  );
}

export function Issuers({ issuers }: { issuers: Day['issuers'] }) {
  const { t } = useWords();
  const language = useDesk((state) => state.language);
  const columns = useEnded<NamedCount>();
  return (
    <NumberTable
      {...{ rows: issuers, columns, head: t('today.issuer'), keyOf: ({ name }) => name }}
      name={({ name, label }) => (name === '' ? t('today.noIssuer') : (label?.[language] ?? name))}
    />
  );
}
