import { isScriptDecoder } from './packed.ts';

declare const self: ServiceWorkerGlobalScope;

/**
 * The fallback decoder, where the better one is kept: a page that needs it (a few browsers have WebAssembly
 * and cannot run it) keeps it itself, and gets it from there.
 */
export function serveWhatPagesKeep(): void {
  self.addEventListener('fetch', (event) => {
    const { origin, pathname } = new URL(event.request.url);
    if (origin === self.location.origin && isScriptDecoder(pathname))
      event.respondWith(keptOrFetched(event.request));
  });
}

const keptOrFetched = async (request: Request): Promise<Response> =>
  (await caches.match(request.url)) ?? fetch(request);
