import { useEffect, useRef, useState } from 'react';
import { scannerSamples } from '../../../core/wedge-sample.ts';
import { Button } from '../../../parts/button.tsx';
import { QrCode } from '../../../parts/qr-code.tsx';
import type { ScannerReport } from '../../../ports/code-reader.ts';
import { Sheet } from '../parts/sheet.tsx';
import { useUi, useWords } from '../use-ui.ts';
import css from './scanner-page.module.css';
import { ScannerProfiles } from './scanner-profiles.tsx';
import { SetupPaper } from './setup-paper.tsx';

/** Mean milliseconds a letter above which the scan screen would take a scanner for a person. */
const slow = 35;

/** Tests a hardware scanner: how a scan arrives, and in words what to set. Shows nothing it says. */
export function ScannerPage({ onClose }: { onClose: () => void }) {
  const { testScanner } = useUi();
  const { t } = useWords();
  const [report, setReport] = useState<ScannerReport>();
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    field.current?.focus();
    return testScanner(setReport);
  }, [testScanner]);
  return (
    <Sheet title={t('scanner.title')} onClose={onClose}>
      <p>{t('scanner.lead')}</p>
      <QrCode text={scannerSamples.short} />
      <input
        ref={field}
        className={css['field']}
        inputMode="none"
        autoComplete="off"
        placeholder={t('scanner.waiting')}
        aria-label={t('scanner.waiting')}
        value=""
        onChange={() => undefined}
      />
      <div role="status" className={css['result']}>
        {report && <Result report={report} />}
      </div>
      <Button kind="primary" onClick={() => window.print()}>
        {t('scanner.print')}
      </Button>
      <ScannerProfiles />
      <SetupPaper />
    </Sheet>
  );
}

function Result({ report }: { report: ScannerReport }) {
  const { letters, ms, end, damage, changed } = report;
  const { t, f } = useWords();
  const gap = ms / Math.max(1, letters - 1);
  const isGood = damage === 'none' || damage === 'other';
  return (
    <>
      <ul data-good={isGood && gap <= slow && end !== 'none'}>
        <li>{t(`scanner.damage.${damage}`)}</li>
        {changed.length > 0 && <li>{t('scanner.changed', { letters: changed.join(' ') })}</li>}
        {gap > slow && <li>{t('scanner.slow')}</li>}
        {end === 'none' && <li>{t('scanner.noEnd')}</li>}
      </ul>
      <dl>
        <dt>{t('scanner.letters')}</dt>
        <dd>{f.number(letters)}</dd>
        <dt>{t('scanner.time')}</dt>
        <dd>{t('scanner.ms', { n: f.number(ms) })}</dd>
        <dt>{t('scanner.gap')}</dt>
        <dd>{t('scanner.ms', { n: f.number(Math.round(gap)) })}</dd>
        <dt>{t('scanner.end')}</dt>
        <dd>{t(`scanner.end.${end}`)}</dd>
      </dl>
    </>
  );
}
