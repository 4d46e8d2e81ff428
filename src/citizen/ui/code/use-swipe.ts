import { type TouchEvent, useRef } from 'react';
import { useApp, useCitizen } from '../use-citizen.ts';
import { beside, type Person } from './people.ts';

/** Pixels that a finger goes sideways before it means another person. */
const farPx = 56;

/** One swipe: the next person's code, or the one's before. */
export function useSwipe(people: readonly Person[]) {
  const { code } = useCitizen();
  const whose = useApp((state) => state.code.whose);
  const from = useRef<{ readonly x: number; readonly y: number } | undefined>(undefined);
  return {
    onTouchStart({ touches }: TouchEvent) {
      const touch = touches[0];
      from.current =
        touches.length === 1 && touch ? { x: touch.clientX, y: touch.clientY } : undefined;
    },
    onTouchEnd({ changedTouches }: TouchEvent) {
      const touch = changedTouches[0];
      const began = from.current;
      from.current = undefined;
      if (!began || !touch) return;
      const [dx, dy] = [touch.clientX - began.x, touch.clientY - began.y];
      if (Math.abs(dx) < farPx || Math.abs(dx) < 1.5 * Math.abs(dy)) return;
      const next = beside(people, whose, dx < 0 ? 1 : -1);
      if (next) code.pick(next.whose);
    },
  };
}
