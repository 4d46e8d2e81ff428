import type { AppStore } from '../../store.ts';
import type { RehearsalNeeds } from './rehearse.ts';

/** Milliseconds after the camera is live and the engine there: what that starts comes first. */
const afterCamera = 300;

/**
 * Rehearses once, when the camera of a shift is live; nothing of it is loaded before, and nothing done where a
 * person was faster. A failure costs only the time saved.
 */
export function rehearseSoon(needs: RehearsalNeeds & { readonly store: AppStore }): {
  stop(): void;
} {
  const { store } = needs;
  let timer: number | undefined;
  async function begin(): Promise<void> {
    const { rehearse } = await import('./rehearse.ts');
    const { gate, card } = store.getState();
    if (gate && !card) await rehearse(needs, gate);
  }
  function look(): void {
    const { camera, gate, shift } = store.getState();
    if (camera.kind !== 'live' || !gate || !shift) return;
    ignore();
    timer = setTimeout(() => void begin().catch(() => undefined), afterCamera);
  }
  const ignore = store.subscribe(look);
  look();
  return {
    stop() {
      ignore();
      clearTimeout(timer);
    },
  };
}
