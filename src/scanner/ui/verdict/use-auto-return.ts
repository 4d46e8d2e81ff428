import { useEffect, useRef } from 'react';
import { afterShown } from '../taps/when-shown.ts';

/** Calls `leave` once, after `seconds` in sight since `active` became true; never if it becomes false before. */
export function useAutoReturn(active: boolean, seconds: number, leave: () => void): void {
  const latest = useRef(leave);
  useEffect(() => {
    latest.current = leave;
  });
  useEffect(() => {
    if (!active) return;
    return afterShown(() => latest.current(), seconds * 1000);
  }, [active, seconds]);
}
