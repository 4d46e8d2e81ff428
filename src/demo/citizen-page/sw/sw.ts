/** Serves the demo citizen page without a network. Its scope is `/demo/`, its cache its own. */
export {};

declare const self: ServiceWorkerGlobalScope;

const cacheName = 'kakou-demo-page';
/** Milliseconds a page load waits for a network that does not answer. */
const patience = 3000;

self.addEventListener('install', (event) => {
  event.waitUntil(fill().then(() => self.skipWaiting()));
});
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

self.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method !== 'GET' || !request.url.startsWith(self.registration.scope)) return;
  if (request.mode === 'navigate') event.respondWith(newestPage(event));
  else if (/\/assets\/[^/]+$/.test(request.url)) event.respondWith(keptFile(request));
});

/** The page from the network while there is one, and then all of it is kept anew; else the kept one. */
async function newestPage(event: FetchEvent): Promise<Response> {
  const waiting = new AbortController();
  setTimeout(() => waiting.abort(), patience);
  try {
    const page = await fetch(event.request, { signal: waiting.signal });
    if (page.ok) {
      event.waitUntil(fill().catch(() => undefined)); // the next load tries again
      return page;
    }
  } catch {
    // no network: below
  }
  return (await caches.match(self.registration.scope, { cacheName })) ?? Response.error();
}

const keptFile = async (request: Request): Promise<Response> =>
  (await caches.match(request, { cacheName })) ?? fetch(request);

interface BuiltFile {
  readonly file: string;
  readonly css?: readonly string[];
  readonly assets?: readonly string[];
}

/** Keeps the page and every file of the same build, whole or not at all; older files go. */
async function fill(): Promise<void> {
  const answer = await fetch('./files.json', { cache: 'no-cache' });
  const built = Object.values((await answer.json()) as Readonly<Record<string, BuiltFile>>);
  const files = built.flatMap(({ file, css = [], assets = [] }) => [file, ...css, ...assets]);
  const address = (file: string) => new URL(file, self.registration.scope).href;
  const wanted = new Set(['./', ...files.filter((file) => file !== 'sw.js')].map(address));
  const cache = await caches.open(cacheName);
  await cache.addAll([...wanted].map((url) => new Request(url, { cache: 'no-cache' })));
  for (const { url } of await cache.keys()) if (!wanted.has(url)) await cache.delete(url);
}
