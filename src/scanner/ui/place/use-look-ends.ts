import { useEffect } from 'react';
import { useActions, useApp } from '../use-ui.ts';

/** Milliseconds out of sight, or without a touch, a key or a code, after which nobody looks any more. */
const idleMs = 60_000;

/** The mode ends with its screen, and by itself: whoever picks the phone up next lets people in. */
export function useLookEnds(): void {
  const { setLookOnly } = useActions();
  const card = useApp((state) => state.card?.id);
  useEffect(() => {
    void card; // a code that is looked at is somebody at work
    let last = performance.now();
    const isOver = () => performance.now() - last >= idleMs;
    const touched = () => {
      if (isOver()) return setLookOnly(false);
      last = performance.now();
    };
    const look = () => {
      if (isOver()) setLookOnly(false);
    };
    const timer = setInterval(look, 1000);
    document.addEventListener('pointerdown', touched, true);
    document.addEventListener('keydown', touched, true);
    document.addEventListener('visibilitychange', look);
    return () => {
      clearInterval(timer);
      document.removeEventListener('pointerdown', touched, true);
      document.removeEventListener('keydown', touched, true);
      document.removeEventListener('visibilitychange', look);
    };
  }, [setLookOnly, card]);
  useEffect(() => () => setLookOnly(false), [setLookOnly]);
}
