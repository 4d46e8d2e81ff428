import { useEffect } from 'react';
import { useActions } from '../use-ui.ts';

/** Milliseconds without a touch or a key after which nobody is taken to be the supervisor any more. */
const idleMs = 60_000;

/**
 * The supervisor's role ends with the screen that calls this: when it closes, when a card takes its
 * place, when the page is out of sight, and after a minute in which nobody touched it.
 */
export function useRoleEnds(): void {
  const { closeSupervisor } = useActions();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const touched = () => {
      clearTimeout(timer);
      timer = setTimeout(closeSupervisor, idleMs);
    };
    const seen = () => {
      if (document.hidden) closeSupervisor();
    };
    touched();
    document.addEventListener('pointerdown', touched, true);
    document.addEventListener('keydown', touched, true);
    document.addEventListener('visibilitychange', seen);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('pointerdown', touched, true);
      document.removeEventListener('keydown', touched, true);
      document.removeEventListener('visibilitychange', seen);
      closeSupervisor();
    };
  }, [closeSupervisor]);
}
