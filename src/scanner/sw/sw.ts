import {
  cleanupOutdatedCaches,
  createHandlerBoundToURL,
  precacheAndRoute,
} from 'workbox-precaching';

declare const self: ServiceWorkerGlobalScope & {
  /** Filled in by the build: every file of the app with its revision. */
  readonly __WB_MANIFEST: (string | { url: string; revision: string | null })[];
};

/** Paths that belong to the hub. A navigation to anything else is the app, offline too. */
const hubPaths = /^\/(v1|demo)\/|^\/(healthz|metrics)$/;

/** Two decoders are built and a browser can only use one (device/device.ts chooses alike). */
const uselessDecoder =
  'WebAssembly' in self && 'OffscreenCanvas' in self ? /\/decoder-script-/ : /\.wasm$/;
const urlOf = (entry: string | { url: string }) => (typeof entry === 'string' ? entry : entry.url);

precacheAndRoute(self.__WB_MANIFEST.filter((entry) => !uselessDecoder.test(urlOf(entry))));
cleanupOutdatedCaches();

const appPage = createHandlerBoundToURL('/index.html');
self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.mode !== 'navigate' || url.origin !== self.location.origin) return;
  if (!hubPaths.test(url.pathname)) event.respondWith(appPage({ event, request, url }));
});

// A new version waits until the guard's shift allows it: only the page says when.
self.addEventListener('message', (event) => {
  if ((event.data as { type?: unknown } | null)?.type !== 'SKIP_WAITING') return;
  event.waitUntil(self.skipWaiting().then(() => self.clients.claim()));
});
