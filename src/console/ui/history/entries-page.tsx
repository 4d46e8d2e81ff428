import { useState } from 'react';
import type { FoundEntries, FoundEntry } from '../../../core/console/entries.ts';
import css from '../parts/desk.module.css';
import { LoadedPages } from '../parts/loaded-pages.tsx';
import { useConsole, useDesk, useFound, useWords } from '../use-console.ts';
import { EntryDialog } from './entry-dialog.tsx';
import { EntryForm } from './entry-form.tsx';
import { EntryTable } from './entry-table.tsx';
import { type Asking, dayOf, questionOf } from './question.ts';
import { TakeOut } from './take-out.tsx';

/** `#/entries/DEVICE SHIFT` are those of a shift, `#/entries/GATE` those of a gate today. */
function asked(of: string | undefined): Asking {
  const today = dayOf(Date.now());
  const [first, shift] = of?.split(' ') ?? [];
  const isShift = shift !== undefined;
  return {
    ...{ from: isShift ? '' : today, to: isShift ? '' : today },
    gate: isShift ? undefined : first,
    device: isShift ? first : undefined,
    shift,
    ...{ state: '', reason: '', outcome: '', type: '', pass: '' },
  };
}

/** The log of all gates: looked through, each entry whole, and taken out. */
export function EntriesPage() {
  const desk = useConsole();
  const of = useDesk((state) => state.of);
  const [asking, setAsking] = useState(() => asked(of));
  const [times, setTimes] = useState(0);
  const question = questionOf(asking);
  const { pass: _, ...forFile } = question;
  const clear = () => {
    setAsking(asked(undefined));
    setTimes(times + 1);
    if (of !== undefined) desk.go('entries');
  };
  return (
    <>
      <EntryForm key={times} asking={asking} onChange={(next) => setAsking(next)} onClear={clear} />
      <Found key={JSON.stringify(question)} question={question} />
      {asking.pass.trim() === '' && <TakeOut question={forFile} />}
    </>
  );
}

const path = '/entries/search';

function Found({ question }: { question: ReturnType<typeof questionOf> }) {
  const desk = useConsole();
  const { t } = useWords();
  const query = useFound<FoundEntries>(path, question);
  const [open, setOpen] = useState<FoundEntry>();
  return (
    <LoadedPages
      query={query}
      next={({ after }) => after && (() => desk.find<FoundEntries>(path, { ...question, after }))}
    >
      {(pages, older) => {
        const entries = pages.flatMap((page) => page.entries);
        const names: FoundEntries['names'] = Object.assign({}, ...pages.map((page) => page.names));
        const nameOf = (gate: string) => names[gate] ?? gate;
        return (
          <section className={css['box']} aria-label={t('page.entries')}>
            <p role="status">
              {entries.length === 0 ? t('find.none') : t('find.count', { count: entries.length })}
            </p>
            {entries.length > 0 && (
              <EntryTable entries={entries} nameOf={nameOf} onOpen={setOpen} />
            )}
            {older}
            {open && (
              <EntryDialog
                found={open}
                gateName={nameOf(open.gate)}
                onClose={() => setOpen(undefined)}
              />
            )}
          </section>
        );
      }}
    </LoadedPages>
  );
}
