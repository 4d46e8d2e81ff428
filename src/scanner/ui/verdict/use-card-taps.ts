import { type RefObject, useEffect } from 'react';
import { useDeaf } from '../taps/use-deaf.ts';

interface Taps {
  /** A tap anywhere on the card, its button, Enter or Space; undefined = only the buttons act. A button marked `data-own` has a meaning of its own. */
  readonly tap: (() => void) | undefined;
  /** Escape; undefined = it does nothing. */
  readonly leave: (() => void) | undefined;
}

/**
 * Makes the whole card one target. Listening on the card itself means a tap on its button
 * counts once; keys a hardware scanner has claimed (`defaultPrevented`) are not the guard's. What is
 * pressed too early for this `step` of the card does nothing.
 */
export function useCardTaps(
  card: RefObject<HTMLElement | null>,
  step: string,
  { tap, leave }: Taps,
): void {
  const isEarly = useDeaf(card, step);
  useEffect(() => {
    const element = card.current;
    if (element === null) return;
    const onClick = (event: MouseEvent) => {
      const isOwn = event.target instanceof Element && event.target.closest('[data-own]');
      if (!isOwn) tap?.();
    };
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.repeat || isEarly(event)) return;
      if (event.key === 'Escape') leave?.();
      const onButton = event.target instanceof HTMLButtonElement;
      if ((event.key === 'Enter' || event.key === ' ') && !onButton) tap?.();
    };
    element.addEventListener('click', onClick);
    document.addEventListener('keydown', onKey);
    return () => {
      element.removeEventListener('click', onClick);
      document.removeEventListener('keydown', onKey);
    };
  }, [card, tap, leave, isEarly]);
}
