import { type RefObject, useEffect, useRef } from 'react';

interface Taps {
  /** A tap anywhere on the card, its button, Enter or Space; undefined = only the buttons act. A button marked `data-own` has a meaning of its own. */
  readonly tap: (() => void) | undefined;
  /** Escape. */
  readonly leave: () => void;
}

/** A tap meant for the screen before must not close the card that just covered it. */
const deafMs = 350;

/**
 * Makes the whole card one target. Listening on the card itself means a tap on its button
 * counts once; keys a hardware scanner has claimed (`defaultPrevented`) are not the guard's.
 */
export function useCardTaps(card: RefObject<HTMLElement | null>, { tap, leave }: Taps): void {
  const listening = useRef(false);
  useEffect(() => {
    const timer = setTimeout(() => {
      listening.current = true;
    }, deafMs);
    return () => clearTimeout(timer);
  }, []);
  useEffect(() => {
    const element = card.current;
    if (element === null) return;
    const onClick = (event: MouseEvent) => {
      const isOwn = event.target instanceof Element && event.target.closest('[data-own]');
      if (listening.current && !isOwn) tap?.();
    };
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.repeat || !listening.current) return;
      if (event.key === 'Escape') leave();
      const onButton = event.target instanceof HTMLButtonElement;
      if ((event.key === 'Enter' || event.key === ' ') && !onButton) tap?.();
    };
    element.addEventListener('click', onClick);
    document.addEventListener('keydown', onKey);
    return () => {
      element.removeEventListener('click', onClick);
      document.removeEventListener('keydown', onKey);
    };
  }, [card, tap, leave]);
}
