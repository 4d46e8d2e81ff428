import {
  addPlugins,
  cleanupOutdatedCaches,
  createHandlerBoundToURL,
  precacheAndRoute,
} from 'workbox-precaching';
import { serveWhatPagesKeep } from './asked-for.ts';
import {
  type Entry,
  isEngine,
  isScriptDecoder,
  keptEntries,
  pack,
  unpack,
  urlOf,
} from './packed.ts';

declare const self: ServiceWorkerGlobalScope & {
  /** Filled in by the build: every file of the app with its revision. */
  readonly __WB_MANIFEST: Entry[];
};

/** Paths that belong to the hub or the issuing side. A navigation to anything else is the app, offline too. */
const hubPaths = /^\/(v1|demo|console|authority|citizen)\/|^\/(healthz|metrics|console|citizen|v)$/;

const packing = 'CompressionStream' in self && 'DecompressionStream' in self;
const entries = keptEntries(self.__WB_MANIFEST, {
  wasm: 'WebAssembly' in self && 'OffscreenCanvas' in self,
  packing,
});
if (packing) {
  addPlugins([
    {
      // A key of its own would make Workbox pass by the browser's copy that the page has just loaded.
      requestWillFetch: async ({ request }) =>
        isEngine(request.url) ? new Request(request, { cache: 'default' }) : request,
      cacheWillUpdate: async ({ request, response }) => {
        if (isEngine(request.url)) return pack(response);
        return response.status < 400 ? response : null;
      },
      cachedResponseWillBeUsed: async ({ cachedResponse }) =>
        cachedResponse && unpack(cachedResponse),
    },
  ]);
}
precacheAndRoute(entries);
cleanupOutdatedCaches();
if (!entries.some((entry) => isScriptDecoder(urlOf(entry)))) serveWhatPagesKeep();

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
