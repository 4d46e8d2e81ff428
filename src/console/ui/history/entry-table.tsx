import type { FoundEntry } from '../../../core/console/entries.ts';
import { Button } from '../parts/button.tsx';
import { DataTable } from '../parts/data-table.tsx';
import css from '../parts/desk.module.css';
import { useDesk, useWords } from '../use-console.ts';
import { lineOf, logSpeech } from './log-words.ts';
import { StateTag } from './state-tag.tsx';

interface Props {
  entries: readonly FoundEntry[];
  nameOf: (gate: string) => string;
  onOpen: (entry: FoundEntry) => void;
}

/** Entries, a line each. */
export function EntryTable({ entries, nameOf, onOpen }: Props) {
  const { t, f } = useWords();
  const speech = logSpeech(useDesk((state) => state.language));
  const lineFor = (found: FoundEntry) => lineOf(found, speech);
  return (
    <DataTable
      rows={entries}
      keyOf={({ device, seq }) => `${device} ${seq}`}
      columns={[
        { head: t('entry.when'), cell: ({ at }) => `${f.date(at)} ${f.time(at, true)}` },
        { head: t('entry.gate'), cell: ({ gate }) => nameOf(gate) },
        {
          head: t('entry.what'),
          cell: (found) => {
            const { state, what } = lineFor(found);
            return (
              <>
                {state !== undefined && <StateTag state={state} />} {what}
                {!found.trusted && <span className={css['alarm']}>{t('entry.late')}</span>}
              </>
            );
          },
        },
        { head: t('entry.outcome'), cell: (found) => lineFor(found).outcome || '—' },
        {
          head: t('entry.phone'),
          cell: ({ device, seq }) => (
            <>
              <code>{device.slice(0, 6)}</code> · {seq}
            </>
          ),
        },
      ]}
      action={{
        head: t('entry.open'),
        cell: (found) => (
          <Button
            aria-label={t('entry.openWhich', { seq: found.seq, time: f.stamp(found.at) })}
            onClick={() => onOpen(found)}
          >
            {t('entry.open')}
          </Button>
        ),
      }}
    />
  );
}
