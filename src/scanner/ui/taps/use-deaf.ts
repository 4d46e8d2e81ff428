import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef } from 'react';
import { eventTime } from '../../../core/time/event-time.ts';
import { whenShown } from './when-shown.ts';

/** A tap meant for the screen before must not press what just covered it. */
const deafMs = 350;

/**
 * For a moment after the element came in sight, or other buttons came to lie under the same finger
 * (`step`; undefined = never), it takes no clicks. What counts is when the guard saw it and when the tap
 * was made: a busy page paints late and hears late. Tells whether another event comes as early.
 */
export function useDeaf(
  element: RefObject<HTMLElement | null>,
  step: string | undefined,
): (event: Event) => boolean {
  const listensFrom = useRef(Number.POSITIVE_INFINITY);
  useLayoutEffect(() => {
    if (step === undefined) return;
    listensFrom.current = Number.POSITIVE_INFINITY;
    element.current?.setAttribute('data-deaf', '');
    let timer: ReturnType<typeof setTimeout> | undefined;
    const forget = whenShown((at) => {
      listensFrom.current = at + deafMs;
      timer = setTimeout(() => element.current?.removeAttribute('data-deaf'), deafMs);
    });
    return () => {
      forget();
      clearTimeout(timer);
    };
  }, [element, step]);
  const isEarly = useCallback(
    (event: Event) => eventTime(event, performance.now()) < listensFrom.current,
    [],
  );
  useEffect(() => {
    const onClick = (event: MouseEvent) => {
      if (!isEarly(event)) return;
      event.stopPropagation();
      event.preventDefault();
    };
    const on = element.current;
    if (step !== undefined) on?.addEventListener('click', onClick, true);
    return () => on?.removeEventListener('click', onClick, true);
  }, [element, step, isEarly]);
  return isEarly;
}
