import { lazy, Suspense, useState } from 'react';
import { StorageBar, UpdateBar } from '../parts/bars.tsx';
import { Counts } from '../shift/counts.tsx';
import { useApp } from '../use-ui.ts';
import { VerdictCard } from '../verdict/verdict-card.tsx';
import { RecentStrip } from './recent-strip.tsx';
import css from './scan-screen.module.css';
import { StatusLine } from './status-line.tsx';
import { ThumbBar } from './thumb-bar.tsx';
import { usePicture } from './use-picture.ts';
import { Viewfinder } from './viewfinder.tsx';

/* Sheets are loaded when first opened: the camera does not wait for them. */
const ShiftSheet = lazy(() =>
  import('../shift/shift-sheet.tsx').then((module) => ({ default: module.ShiftSheet })),
);
const SettingsSheet = lazy(() =>
  import('../settings/settings-sheet.tsx').then((module) => ({ default: module.SettingsSheet })),
);

/** The home-screen shortcut to the shift list opens it at once. */
const fromHash = () => (location.hash === '#/shift' ? 'shift' : undefined);

/** The screen of the shift: camera, state of the phone, tools; a verdict covers all of it. */
export function ScanScreen() {
  const card = useApp((state) => state.card);
  const picture = usePicture();
  const [sheet, setSheet] = useState<'shift' | 'settings' | undefined>(fromHash);
  const close = () => setSheet(undefined);
  if (card !== undefined && sheet !== undefined) close();

  return (
    <>
      <main className={css['screen']} inert={card !== undefined}>
        <div className={css['bars']}>
          <StorageBar />
          <UpdateBar />
        </div>
        <StatusLine />
        <Viewfinder picture={picture} />
        <div className={css['counts']}>
          <Counts />
          <RecentStrip />
        </div>
        <ThumbBar
          picture={picture}
          onShift={() => setSheet('shift')}
          onSettings={() => setSheet('settings')}
        />
      </main>
      <Suspense>
        {sheet === 'shift' && <ShiftSheet onClose={close} />}
        {sheet === 'settings' && <SettingsSheet onClose={close} />}
      </Suspense>
      {card && <VerdictCard card={card} />}
    </>
  );
}
