import { Suspense, useCallback, useEffect, useMemo, useState } from 'react';
import { StorageBar, UpdateBar } from '../parts/bars.tsx';
import { lazyScreen, withWords } from '../parts/lazy-screen.ts';
import { usePicture } from '../parts/use-picture.ts';
import { Counts } from '../shift/counts.tsx';
import { useActions, useApp, useBehind } from '../use-ui.ts';
import { RecentStrip } from './recent-strip.tsx';
import css from './scan-screen.module.css';
import { StatusLine } from './status-line.tsx';
import { ThumbBar } from './thumb-bar.tsx';
import { Viewfinder } from './viewfinder.tsx';

const ShiftSheet = lazyScreen(async () => (await import('../shift/shift-sheet.tsx')).ShiftSheet);
const SettingsSheet = lazyScreen(
  async () => (await import('../settings/settings-sheet.tsx')).SettingsSheet,
);

const ChooseCode = lazyScreen(async () => (await import('./choose-code.tsx')).ChooseCode);

const loadCard = withWords(async () => (await import('../verdict/verdict-card.tsx')).VerdictCard);
const VerdictCard = lazyScreen(loadCard);
const FlashBand = lazyScreen(async () => (await import('../verdict/flash.tsx')).FlashBand);
const Rehearsal = lazyScreen(async () => (await import('../verdict/rehearsal.tsx')).Rehearsal);
const ManualSheet = lazyScreen(
  async () => (await import('../manual/manual-sheet.tsx')).ManualSheet,
);

const PlaceBar = lazyScreen(async () => (await import('../place/place-bar.tsx')).PlaceBar);

const WedgeBar = lazyScreen(async () => (await import('./wedge-bar.tsx')).WedgeBar);

const TwiceBar = lazyScreen(async () => (await import('../twice/twice-bar.tsx')).TwiceBar);

const LastPeople = lazyScreen(async () => (await import('./last-people.tsx')).LastPeople);

/** The home-screen shortcut to the shift list opens it at once. */
const fromHash = () => (location.hash === '#/shift' ? 'shift' : undefined);

/** The screen of the shift: camera, state of the phone, tools; a verdict covers all of it. */
export function ScanScreen() {
  const card = useApp((state) => state.card);
  const choice = useApp((state) => state.choice);
  const wedgeTrouble = useApp((state) => state.wedgeTrouble);
  const isTwice = useApp(({ twiceNew = 0 }) => twiceNew > 0);
  const isLook = useApp((state) => state.lookOnly);
  const isPlaced = useApp((state) => state.place !== undefined || state.lookOnly === true);
  const { holdReading } = useActions();
  const picture = usePicture();
  const [sheet, setSheet] = useState<'manual' | 'shift' | 'settings' | 'last' | undefined>(
    fromHash,
  );
  useEffect(() => void loadCard().catch(() => undefined), []); // there before the first verdict
  const isCovered = sheet !== undefined;
  useEffect(() => {
    if (!isCovered) return;
    holdReading(true); // nothing is read that nobody sees
    return () => holdReading(false);
  }, [isCovered, holdReading]);
  /** The card that waits under the form for the same person. */
  const [underForm, setUnderForm] = useState<number>();
  const isUnderForm = card !== undefined && card.id === underForm;
  const manual = () => {
    setUnderForm(card?.id);
    setSheet('manual');
  };
  /** The person whose outcome is to be taken back. */
  const [undone, setUndone] = useState<number>();
  const openLast = useCallback((line?: number) => {
    setUndone(line);
    setSheet('last');
  }, []);
  const close = () => {
    setUnderForm(undefined);
    setSheet(undefined);
  };
  useEffect(() => {
    if (isLook) setSheet(undefined); // the supervisor goes out to look
  }, [isLook]);
  if (card !== undefined && isCovered && !isUnderForm) close();

  // a card that comes or goes draws nothing behind it anew
  const behind = useMemo(
    () => (
      <>
        <div className={css['bars']}>
          <StorageBar />
          <UpdateBar />
          <Suspense>
            {wedgeTrouble && <WedgeBar trouble={wedgeTrouble} />}
            {isTwice && <TwiceBar />}
          </Suspense>
        </div>
        <StatusLine onShift={() => setSheet('shift')} />
        <Viewfinder picture={picture} />
        <div className={css['counts']}>
          <Suspense>{isPlaced && <PlaceBar />}</Suspense>
          <Counts />
          <RecentStrip onOpen={openLast} />
        </div>
        <ThumbBar
          picture={picture}
          onManual={() => setSheet('manual')}
          onShift={() => setSheet('shift')}
          onSettings={() => setSheet('settings')}
        />
      </>
    ),
    [wedgeTrouble, isTwice, isPlaced, picture, openLast],
  );

  // covered by the card at once, inert a moment later: every box of it is styled anew by that
  const isShown = useBehind((state) => state.card !== undefined);

  return (
    <>
      <main className={css['screen']} inert={isShown && card !== undefined}>
        {behind}
      </main>
      <Suspense>
        {choice && <ChooseCode choice={choice} />}
        {sheet === 'manual' && <ManualSheet onClose={close} />}
        {sheet === 'shift' && <ShiftSheet onClose={close} />}
        {sheet === 'last' && <LastPeople first={undone} onClose={close} />}
        {sheet === 'settings' && <SettingsSheet onClose={close} />}
      </Suspense>
      <Suspense>
        <FlashBand onUndo={openLast} />
      </Suspense>
      <Suspense>
        <Rehearsal />
      </Suspense>
      <Suspense>{card && !isUnderForm && <VerdictCard card={card} onManual={manual} />}</Suspense>
    </>
  );
}
