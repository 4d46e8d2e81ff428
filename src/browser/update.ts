import { Workbox } from 'workbox-window';
import { onResume } from './page-events.ts';
import { trustedScript } from './trusted-types.ts';

const hour = 3_600_000;

/** New versions of the app: fetched in the background, taken only when asked for. */
export interface Update {
  /** Registers the service worker and tells when a new version waits. */
  onReady(ready: () => void): () => void;
  /** Switches to the waiting version and loads the page anew. Nothing happens when none waits. */
  apply(): void;
}

/** The scanner's: one service worker a page, so one of these. */
export const update: Update = createUpdate('/');

/** `scope`: the folder whose pages the worker serves; its script is `sw.js` in it. */
export function createUpdate(scope: `/${string}`): Update {
  const listeners = new Set<() => void>();
  let worker: Workbox | undefined;
  let waiting = false;

  function register(): void {
    if (worker || !('serviceWorker' in navigator)) return;
    worker = new Workbox(trustedScript(`${scope}sw.js`), { scope, updateViaCache: 'none' });
    worker.addEventListener('waiting', () => {
      waiting = true;
      for (const ready of listeners) ready();
    });
    const check = () => void worker?.update().catch(() => undefined); // offline: next time
    worker
      .register({ immediate: true })
      .then(() => {
        setInterval(check, hour);
        onResume(check);
      })
      .catch(() => undefined); // works without, only not after a cold start offline
  }

  return {
    onReady(ready) {
      listeners.add(ready);
      register();
      if (waiting) ready();
      return () => listeners.delete(ready);
    },
    apply() {
      if (!waiting || !worker) return;
      worker.addEventListener('controlling', () => location.reload());
      worker.messageSkipWaiting();
    },
  };
}
