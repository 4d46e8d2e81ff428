import { type RefObject, useEffect, useRef } from 'react';

interface Taps {
  /** A tap anywhere on the card, its button, Enter or Space; undefined = only the buttons act. A button marked `data-own` has a meaning of its own. */
  readonly tap: (() => void) | undefined;
  /** Escape; undefined = it does nothing. */
  readonly leave: (() => void) | undefined;
}

/** A tap meant for the screen before must not press what just covered it. */
const deafMs = 350;

/**
 * Makes the whole card one target. Listening on the card itself means a tap on its button
 * counts once; keys a hardware scanner has claimed (`defaultPrevented`) are not the guard's. For a
 * moment after the card came, or other buttons came to lie under the same finger (`step`), it is deaf.
 */
export function useCardTaps(
  card: RefObject<HTMLElement | null>,
  step: string,
  { tap, leave }: Taps,
): void {
  const listening = useRef(false);
  useEffect(() => {
    void step;
    listening.current = false;
    card.current?.setAttribute('data-deaf', '');
    const timer = setTimeout(() => {
      listening.current = true;
      card.current?.removeAttribute('data-deaf');
    }, deafMs);
    return () => clearTimeout(timer);
  }, [card, step]);
  useEffect(() => {
    const element = card.current;
    if (element === null) return;
    const onEarly = (event: MouseEvent) => {
      if (listening.current) return;
      event.stopPropagation();
      event.preventDefault();
    };
    const onClick = (event: MouseEvent) => {
      const isOwn = event.target instanceof Element && event.target.closest('[data-own]');
      if (!isOwn) tap?.();
    };
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.repeat || !listening.current) return;
      if (event.key === 'Escape') leave?.();
      const onButton = event.target instanceof HTMLButtonElement;
      if ((event.key === 'Enter' || event.key === ' ') && !onButton) tap?.();
    };
    element.addEventListener('click', onEarly, true);
    element.addEventListener('click', onClick);
    document.addEventListener('keydown', onKey);
    return () => {
      element.removeEventListener('click', onEarly, true);
      element.removeEventListener('click', onClick);
      document.removeEventListener('keydown', onKey);
    };
  }, [card, tap, leave]);
}
