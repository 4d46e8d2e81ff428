import { Button } from '../../../parts/button.tsx';
import type { ExportFormat } from '../../app/shift/shift-state.ts';
import { useActions, useApp, useWords } from '../use-ui.ts';
import css from './export-panel.module.css';

const formats: readonly ExportFormat[] = ['xlsx', 'csv', 'json'];

/** A file of this shift, else of the running or last one. Two taps: the first makes the file, the second opens the share sheet, which iOS wants to be a tap. */
export function ExportPanel({ shift }: { shift?: string }) {
  const exporting = useApp((state) => state.exporting);
  const ready = useApp((state) => state.exportReady);
  const isOurs = ready && exporting === undefined && ready.shift === (shift ?? ready.shift);
  const { t } = useWords();
  const { prepareExport, shareExport } = useActions();
  return (
    <section aria-labelledby="export-title" className={css['panel']}>
      <h3 id="export-title">{t('shift.exportTitle')}</h3>
      <div className={css['formats']}>
        {formats.map((format) => (
          <Button
            key={format}
            disabled={exporting !== undefined}
            onClick={() => void prepareExport(format, shift)}
          >
            {t(`shift.format.${format}`)}
          </Button>
        ))}
      </div>
      <div role="status">
        {exporting !== undefined && t('shift.preparing')}
        {isOurs && (
          <Button kind="primary" onClick={() => void shareExport()}>
            {t('shift.share', { name: ready.name })}
          </Button>
        )}
      </div>
    </section>
  );
}
