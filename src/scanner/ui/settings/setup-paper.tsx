import { scannerSamples } from '../../../core/wedge-sample.ts';
import { Paper } from '../../../parts/paper.tsx';
import { QrCode } from '../../../parts/qr-code.tsx';
import { useWords } from '../use-ui.ts';
import css from './setup-paper.module.css';

const steps = ['mode', 'layout', 'suffix', 'prefix', 'case', 'qr', 'delay', 'phone'] as const;

/** One sheet of paper to hang beside the scanner: only printers see it. */
export function SetupPaper() {
  const { t } = useWords();
  return (
    <Paper className={css['sheet']}>
      <h1>{t('scanner.paper')}</h1>
      <p>{t('scanner.paperLead')}</p>
      <ol>
        {steps.map((step) => (
          <li key={step}>{t(`scanner.set.${step}`)}</li>
        ))}
      </ol>
      <div className={css['codes']}>
        <figure>
          <QrCode text={scannerSamples.short} />
          <figcaption>{t('scanner.short')}</figcaption>
        </figure>
        <figure>
          <QrCode text={scannerSamples.long} />
          <figcaption>{t('scanner.long')}</figcaption>
        </figure>
      </div>
      <p>{t('scanner.paperTest')}</p>
    </Paper>
  );
}
