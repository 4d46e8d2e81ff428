import { useCallback, useState } from 'react';
import type { Card } from '../../app/scan/scan-state.ts';
import type { AppState } from '../../app/state.ts';
import { DemoTag } from '../parts/demo-tag.tsx';
import { useApp, useNow, useWords } from '../use-ui.ts';
import { Idle } from './idle.tsx';
import css from './kiosk.module.css';
import { Leave, LockButton } from './leave.tsx';
import { GoIn, OutOfService, SeeStaff } from './results.tsx';

/**
 * A phone at which nobody stands. Of whoever shows a code it tells that they may go in, or that they are
 * to see somebody, and no more: no name, no colour, no reason.
 */
export function Kiosk() {
  const [isLeaving, setLeaving] = useState(false);
  const stay = useCallback(() => setLeaving(false), []);
  const screen = useApp(screenOf);
  return (
    <>
      <main className={css['kiosk']} data-screen={screen}>
        <Top />
        {screen === 'pass' && <GoIn />}
        {screen === 'staff' && <SeeStaff />}
        {screen === 'out' && <OutOfService />}
        <Idle isShown={screen === 'idle'} />
        <LockButton onTap={() => setLeaving(true)} />
      </main>
      {isLeaving && <Leave onClose={stay} />}
    </>
  );
}

/** Green is a pass that is in the log, and nothing else. */
const isPass = ({ verdict, seq }: Card): boolean => verdict.state === 'pass' && seq !== undefined;

function screenOf({ card, kioskTrouble, recalled }: AppState): 'idle' | 'pass' | 'staff' | 'out' {
  if (card) return isPass(card) ? 'pass' : 'staff';
  return kioskTrouble !== undefined || !recalled ? 'out' : 'idle';
}

/** Where this is, and what time it is. */
function Top() {
  const name = useApp((state) => state.gate?.name);
  const { t, f } = useWords();
  const now = useNow(1000);
  return (
    <header className={css['top']}>
      <h1>{name ?? t('app.name')}</h1>
      <time className={css['clock']}>{f.time(now)}</time>
      <DemoTag />
    </header>
  );
}
