/** Serves the citizen's page without a network. Its scope is `/citizen/`: what is asked of the service it never sees kept. */
import { PrecacheController } from 'workbox-precaching';

declare const self: ServiceWorkerGlobalScope & {
  /** Filled in by the build: every file of the page with its revision. */
  readonly __WB_MANIFEST: (string | { readonly url: string; readonly revision: string | null })[];
};

/** No name of Workbox's: a scanner's worker on the same host deletes those whose scope lies below its own. */
const controller = new PrecacheController({ cacheName: 'kakou-citizen-files' });
controller.precache(self.__WB_MANIFEST);

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const [address = ''] = request.url.split(/[?#]/);
  const isPage = request.mode === 'navigate' && address === self.registration.scope;
  const wanted = isPage ? new URL('index.html', self.registration.scope).href : address;
  if (request.method !== 'GET' || controller.getCacheKeyForURL(wanted) === undefined) return;
  event.respondWith(controller.matchPrecache(wanted).then((kept) => kept ?? fetch(request)));
});

// A new version waits until nobody is in the middle of something: only the page says when.
self.addEventListener('message', (event) => {
  if ((event.data as { type?: unknown } | null)?.type !== 'SKIP_WAITING') return;
  event.waitUntil(self.skipWaiting().then(() => self.clients.claim()));
});
