import type { AppStore } from '../../store.ts';
import type { RehearsalNeeds } from './rehearse.ts';

/** Milliseconds after the camera's first picture: what it starts is done by then. */
const afterCamera = 800;

/** Rehearses once, when the camera of a shift is live; nothing of it is loaded before. A failure costs only the time saved. */
export function rehearseSoon(needs: RehearsalNeeds & { readonly store: AppStore }): {
  stop(): void;
} {
  const { store } = needs;
  let timer: number | undefined;
  async function begin(): Promise<void> {
    const { gate } = store.getState();
    const { rehearse } = await import('./rehearse.ts');
    if (gate) await rehearse(needs, gate);
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
