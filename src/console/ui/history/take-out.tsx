import type { EntryQuestion, ExportFormat } from '../../../core/console/entries.ts';
import { Button } from '../parts/button.tsx';
import css from '../parts/desk.module.css';
import { LastRefusal } from '../parts/refusal.tsx';
import { useConsole, useDesk, useMay, useWords } from '../use-console.ts';

const formats = ['xlsx', 'csv', 'json'] as const satisfies readonly ExportFormat[];

/** What was found, as a file: in the language of the page and by the clock of this browser. */
export function TakeOut({ question }: { question: EntryQuestion }) {
  const desk = useConsole();
  const { t } = useWords();
  const language = useDesk((state) => state.language);
  const busy = useDesk((state) => state.busy);
  if (!useMay('log:export')) return null;
  const take = (format: ExportFormat) => {
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    const said = Object.entries({ ...question, format, language, zone });
    const query = new URLSearchParams(said.map(([name, value]) => [name, String(value)]));
    void desk.download(`/entries/export?${query}`);
  };
  return (
    <section className={css['box']}>
      <h2>{t('take.title')}</h2>
      <p className={css['hint']}>{t('take.hint')}</p>
      <div className={css['row']}>
        {formats.map((format) => (
          <Button key={format} disabled={busy} onClick={() => take(format)}>
            {t(`take.${format}`)}
          </Button>
        ))}
      </div>
      {question.shift === undefined && <p className={css['hint']}>{t('take.bookHint')}</p>}
      <p className={css['hint']}>{t('take.jsonHint')}</p>
      <LastRefusal />
    </section>
  );
}
