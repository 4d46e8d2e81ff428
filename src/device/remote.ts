import type { Remote, RemoteAnswer } from '../app/remote-port.ts';
import { Fault } from '../core/fault.ts';
import type { Bytes } from '../core/units.ts';
import { retryAfterS } from './retry-after.ts';

/** Milliseconds from asking to the last byte of the answer; the longer one for long files. */
const timeLimit = 10_000;
const patientLimit = 60_000;
/** Bytes of an answer when the caller names no smaller cap. */
const defaultMaxBytes = 16 * 1024 * 1024;

/** HTTP to the page's own origin. Everything that goes wrong on the way is `offline`. */
export function createRemote(origin: string = location.origin): Remote {
  return {
    origin,
    get: (path, { etag, maxBytes = defaultMaxBytes, patient = false } = {}) =>
      ask(
        ownUrl(path, origin),
        etag ? { headers: { 'if-none-match': etag } } : {},
        maxBytes,
        patient ? patientLimit : timeLimit,
      ),
    async post(path, body, { gzip = false, contentType = 'application/json' } = {}) {
      const url = ownUrl(path, origin);
      const packed = gzip && 'CompressionStream' in globalThis;
      const headers: Record<string, string> = { 'content-type': contentType };
      if (packed) headers['content-encoding'] = 'gzip';
      const sent = packed ? await compress(body) : body;
      return ask(url, { method: 'POST', headers, body: sent }, defaultMaxBytes);
    },
    online: () => navigator.onLine,
  };
}

/** Only a path of our own origin: nothing may send a log anywhere else. */
function ownUrl(path: string, origin: string): string {
  const url = path.startsWith('/') ? new URL(path, origin) : undefined;
  if (url?.origin !== origin) throw new Fault('config-invalid', 'not a path of our own origin');
  return url.href;
}

async function ask(
  url: string,
  init: RequestInit,
  maxBytes: number,
  limit = timeLimit,
): Promise<RemoteAnswer> {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), limit);
  try {
    const response = await fetch(url, {
      ...init,
      signal: abort.signal,
      credentials: 'omit',
      cache: 'no-store',
      redirect: 'error',
      mode: 'same-origin',
      referrerPolicy: 'no-referrer',
    });
    const body = await readAtMost(response, maxBytes);
    const etag = response.headers.get('etag');
    const waitS = retryAfterS(response.headers, Date.now());
    return {
      kind: 'answer',
      status: response.status,
      body,
      ...(etag !== null && { etag }),
      ...(waitS !== undefined && { retryAfterS: waitS }),
    };
  } catch {
    abort.abort();
    return { kind: 'offline' };
  } finally {
    clearTimeout(timer);
  }
}

/** Counts unpacked bytes, so a small compressed answer cannot fill the memory. */
async function readAtMost(response: Response, maxBytes: number): Promise<Bytes> {
  const parts: Uint8Array[] = [];
  let size = 0;
  const reader = response.body?.getReader();
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    size += part.value.byteLength;
    if (size > maxBytes) throw new RangeError('the answer is too long');
    parts.push(part.value);
  }
  const body = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    body.set(part, at);
    at += part.byteLength;
  }
  return body;
}

function compress(text: string): Promise<ArrayBuffer> {
  const packed = new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'));
  return new Response(packed).arrayBuffer();
}
