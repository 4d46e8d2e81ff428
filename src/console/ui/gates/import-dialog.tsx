import { useState } from 'react';
import { toBase64url } from '../../../core/base64url.ts';
import type { ImportPlan } from '../../../core/console/gates.ts';
import { venues } from '../../../core/trust/venue-rule.ts';
import labelled from '../../../parts/labelled.module.css';
import { Button } from '../parts/button.tsx';
import css from '../parts/desk.module.css';
import { Dialog } from '../parts/dialog.tsx';
import { LastRefusal } from '../parts/refusal.tsx';
import { useConsole, useDesk, useWords } from '../use-console.ts';

type Table = { format: 'csv'; text: string } | { format: 'xlsx'; file: string };

/** A workbook begins as every archive does. */
async function readTable(file: File): Promise<Table> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) return { format: 'xlsx', file: toBase64url(bytes) };
  return { format: 'csv', text: new TextDecoder().decode(bytes) };
}

/** A table of gates: looked at first, then taken over whole or not at all. */
export function ImportDialog({ onClose }: { onClose: () => void }) {
  const desk = useConsole();
  const { t } = useWords();
  const busy = useDesk((state) => state.busy);
  const [table, setTable] = useState<Table>();
  const [plan, setPlan] = useState<ImportPlan>();
  const send = (it: Table, apply: boolean) =>
    desk.act(async () => {
      const answer = await desk.remote.send<ImportPlan>('POST', '/gates/import', { ...it, apply });
      setPlan(answer.ok ? answer.value : undefined);
      return answer;
    });
  const choose = async (file: File | undefined) => {
    if (!file) return;
    const it = await readTable(file);
    setTable(it);
    await send(it, false);
  };
  const takeOver = async () => {
    if (table && (await send(table, true))) onClose();
  };
  return (
    <Dialog title={t('gates.import')} onClose={onClose}>
      <p className={css['hint']}>{t('import.columns', { venues: venues.join(', ') })}</p>
      <p className={css['hint']}>{t('import.settings')}</p>
      <label className={labelled['field']}>
        <strong>{t('import.file')}</strong>
        <input
          type="file"
          accept=".csv,.xlsx,text/csv"
          disabled={busy}
          onChange={(event) => void choose(event.target.files?.[0])}
        />
      </label>
      <LastRefusal />
      {plan && <Plan plan={plan} busy={busy} onGo={() => void takeOver()} />}
    </Dialog>
  );
}

const mostShown = 50;

function Plan({ plan, busy, onGo }: { plan: ImportPlan; busy: boolean; onGo: () => void }) {
  const { t } = useWords();
  const { rows, problems } = plan;
  const count = (what: string) => rows.filter(({ change }) => change === what).length;
  const work = count('new') + count('changed');
  return (
    <div role="status" className={css['list']}>
      <p>
        {[
          t('import.new', { count: count('new') }),
          t('import.changed', { count: count('changed') }),
          t('import.same', { count: count('same') }),
        ].join(' · ')}
      </p>
      {problems.length > 0 && (
        <p className={css['note']} data-kind="wrong">
          {t('import.problems', { count: problems.length })}
        </p>
      )}
      <ul>
        {problems.slice(0, mostShown).map(({ line, what }) => (
          <li key={line}>{t('import.line', { line, what: t(`import.what.${what}`) })}</li>
        ))}
      </ul>
      {problems.length === 0 && work > 0 && (
        <Button kind="primary" disabled={busy} onClick={onGo}>
          {t('import.go', { count: work })}
        </Button>
      )}
      {problems.length === 0 && work === 0 && <p>{t('import.nothing')}</p>}
    </div>
  );
}
