import { Suspense, useCallback, useState } from 'react';
import { Button } from '../../../parts/button.tsx';
import { lazyScreen } from '../parts/lazy-screen.ts';
import { Sheet } from '../parts/sheet.tsx';
import { SelfCheck } from '../self-check/self-check.tsx';
import { SupervisorSheet } from '../supervisor/supervisor-sheet.tsx';
import { useActions, useApp, useWords } from '../use-ui.ts';
import css from './rare-pages.module.css';
import { TurnOn } from './turn-on.tsx';

const GuardPaper = lazyScreen(async () => (await import('./guard-paper.tsx')).GuardPaper);
const ScannerPage = lazyScreen(async () => (await import('./scanner-page.tsx')).ScannerPage);

/** The rarer pages: self-check, hardware scanner, supervisor, the guard's page of paper, a new enrolment. */
export function RarePages() {
  const { t } = useWords();
  const [page, setPage] = useState<'check' | 'scanner' | 'supervisor' | 'paper' | 'forget'>();
  const close = useCallback(() => setPage(undefined), []);
  return (
    <div className={css['pages']}>
      <Button onClick={() => setPage('check')}>{t('check.title')}</Button>
      <Button onClick={() => setPage('scanner')}>{t('scanner.title')}</Button>
      <Button onClick={() => setPage('supervisor')}>{t('boss.title')}</Button>
      <Button onClick={() => setPage('paper')}>{t('paper.print')}</Button>
      <Button onClick={() => setPage('forget')}>{t('forget.title')}</Button>
      {page === 'check' && <SelfCheck onClose={close} />}
      <Suspense>{page === 'scanner' && <ScannerPage onClose={close} />}</Suspense>
      <Suspense>{page === 'paper' && <GuardPaper onPrinted={close} />}</Suspense>
      {page === 'supervisor' && <SupervisorSheet onClose={close} TurnOn={TurnOn} />}
      {page === 'forget' && <Forget onClose={close} />}
    </div>
  );
}

/** Only outside a shift and with everything uploaded: a new device begins a new log. */
function Forget({ onClose }: { onClose: () => void }) {
  const onShift = useApp((state) => state.shift !== undefined);
  const unsynced = useApp((state) => state.sync.unsynced);
  const { t } = useWords();
  const { forgetDevice } = useActions();
  const mayForget = !onShift && unsynced === 0;
  return (
    <Sheet size="ask" title={t('forget.title')} onClose={onClose}>
      <p>{t(mayForget ? 'forget.ask' : 'forget.notNow')}</p>
      <div className={css['pages']}>
        <Button onClick={onClose}>{t('app.cancel')}</Button>
        <Button kind="danger" disabled={!mayForget} onClick={() => void forgetDevice()}>
          {t('forget.title')}
        </Button>
      </div>
    </Sheet>
  );
}
