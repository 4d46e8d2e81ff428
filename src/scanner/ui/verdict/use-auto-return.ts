import { useEffect, useRef } from 'react';

/** Calls `leave` once, `seconds` after `active` became true; never if it becomes false before. */
export function useAutoReturn(active: boolean, seconds: number, leave: () => void): void {
  const latest = useRef(leave);
  useEffect(() => {
    latest.current = leave;
  });
  useEffect(() => {
    if (!active) return;
    const timer = setTimeout(() => latest.current(), seconds * 1000);
    return () => clearTimeout(timer);
  }, [active, seconds]);
}
