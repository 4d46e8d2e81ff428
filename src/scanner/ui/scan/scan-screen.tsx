import { Suspense, useEffect, useState } from 'react';
import { StorageBar, UpdateBar, WedgeBar } from '../parts/bars.tsx';
import { lazyScreen, withWords } from '../parts/lazy-screen.ts';
import { Counts } from '../shift/counts.tsx';
import { useActions, useApp } from '../use-ui.ts';
import { FlashBand } from '../verdict/flash.tsx';
import { RecentStrip } from './recent-strip.tsx';
import css from './scan-screen.module.css';
import { StatusLine } from './status-line.tsx';
import { ThumbBar } from './thumb-bar.tsx';
import { usePicture } from './use-picture.ts';
import { Viewfinder } from './viewfinder.tsx';

const ShiftSheet = lazyScreen(async () => (await import('../shift/shift-sheet.tsx')).ShiftSheet);
const SettingsSheet = lazyScreen(
  async () => (await import('../settings/settings-sheet.tsx')).SettingsSheet,
);

const ChooseCode = lazyScreen(async () => (await import('./choose-code.tsx')).ChooseCode);

const loadCard = withWords(async () => (await import('../verdict/verdict-card.tsx')).VerdictCard);
const VerdictCard = lazyScreen(loadCard);
const ManualSheet = lazyScreen(
  async () => (await import('../manual/manual-sheet.tsx')).ManualSheet,
);

/** The home-screen shortcut to the shift list opens it at once. */
const fromHash = () => (location.hash === '#/shift' ? 'shift' : undefined);

/** The screen of the shift: camera, state of the phone, tools; a verdict covers all of it. */
export function ScanScreen() {
  const card = useApp((state) => state.card);
  const choice = useApp((state) => state.choice);
  const { dismissCard, holdReading } = useActions();
  const picture = usePicture();
  const [sheet, setSheet] = useState<'manual' | 'shift' | 'settings' | undefined>(fromHash);
  useEffect(() => void loadCard().catch(() => undefined), []); // there before the first verdict
  const close = () => setSheet(undefined);
  const isCovered = sheet !== undefined;
  useEffect(() => {
    if (!isCovered) return;
    holdReading(true); // nothing is read that nobody sees
    return () => holdReading(false);
  }, [isCovered, holdReading]);
  const manual = () => {
    dismissCard();
    setSheet('manual');
  };
  if (card !== undefined && isCovered) close();

  return (
    <>
      <main className={css['screen']} inert={card !== undefined}>
        <div className={css['bars']}>
          <StorageBar />
          <UpdateBar />
          <WedgeBar />
        </div>
        <StatusLine />
        <Viewfinder picture={picture} />
        <div className={css['counts']}>
          <Counts />
          <RecentStrip />
        </div>
        <ThumbBar
          picture={picture}
          onManual={() => setSheet('manual')}
          onShift={() => setSheet('shift')}
          onSettings={() => setSheet('settings')}
        />
      </main>
      <Suspense>
        {choice && <ChooseCode choice={choice} />}
        {sheet === 'manual' && <ManualSheet onClose={close} />}
        {sheet === 'shift' && <ShiftSheet onClose={close} />}
        {sheet === 'settings' && <SettingsSheet onClose={close} />}
      </Suspense>
      <FlashBand />
      <Suspense>{card && <VerdictCard card={card} onManual={manual} />}</Suspense>
    </>
  );
}
