import { Fault } from '../../core/fault.ts';
import type { Bytes } from '../../core/units.ts';
import type { FilePart, Remote, RemoteAnswer } from '../../ports/remote.ts';
import { retryAfterS } from './retry-after.ts';

/**
 * Milliseconds without a byte after which a line counts as dead. Of an upload no byte is seen to go:
 * `fetch` does not tell, `XMLHttpRequest` tells what the socket's buffer took (all of a batch, at
 * once), and streams as a body exist in one engine only. So a batch has this long from its beginning
 * to the answer, and the app makes batches as small as the line needs (scanner/app/sync/upload-plan.ts).
 */
const silenceLimit = 20_000;
/** Bytes of an answer when the caller names no smaller cap. */
const defaultMaxBytes = 16 * 1024 * 1024;

/** HTTP to the page's own origin, followed nowhere else. Everything that goes wrong on the way is `offline`. */
export function createRemote(origin: string = location.origin, silenceMs = silenceLimit): Remote {
  return {
    origin,
    get(path, { etag, maxBytes = defaultMaxBytes, after } = {}) {
      const headers: Record<string, string> = {};
      if (after) {
        headers['range'] = `bytes=${after.bytes}-`;
        // strong: the rest is of the file itself, whatever coding its beginning came in
        if (after.etag) headers['if-range'] = after.etag.replace(/^W\//, '');
      } else if (etag) headers['if-none-match'] = etag;
      return ask(ownUrl(path, origin), { headers }, { maxBytes, silenceMs });
    },
    async post(path, body, { gzip = false, contentType = 'application/json' } = {}) {
      const url = ownUrl(path, origin);
      const packed = gzip && 'CompressionStream' in globalThis;
      const headers: Record<string, string> = { 'content-type': contentType };
      if (packed) headers['content-encoding'] = 'gzip';
      const sent = packed ? await compress(body) : body;
      const limits = { maxBytes: defaultMaxBytes, silenceMs };
      return ask(url, { method: 'POST', headers, body: sent }, limits);
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

interface Limits {
  readonly maxBytes: number;
  readonly silenceMs: number;
}

async function ask(url: string, init: RequestInit, limits: Limits): Promise<RemoteAnswer> {
  const abort = new AbortController();
  const silence = watchSilence(limits.silenceMs, () => abort.abort());
  const came: Uint8Array[] = [];
  let response: Response | undefined;
  try {
    response = await fetch(url, {
      ...init,
      signal: abort.signal,
      credentials: 'omit',
      cache: 'no-store',
      redirect: 'manual',
      mode: 'same-origin',
      referrerPolicy: 'no-referrer',
    });
    if (isElsewhere(response)) {
      abort.abort();
      return { kind: 'offline', elsewhere: true };
    }
    await readAtMost(response, limits.maxBytes, came, silence.broken);
    return answerOf(response, joined(came));
  } catch (thrown) {
    abort.abort();
    const isTooLong = thrown instanceof RangeError;
    const part = response && !isTooLong ? partOf(response, joined(came)) : undefined;
    return {
      kind: 'offline',
      ...(silence.isOver() && { silent: true as const }),
      ...(part && { part }),
    };
  } finally {
    silence.stop();
  }
}

/** Calls `onSilence` when nothing is heard for so long; `broken` begins the wait anew. */
function watchSilence(ms: number, onSilence: () => void) {
  let isOver = false;
  const end = () => {
    isOver = true;
    onSilence();
  };
  let timer = setTimeout(end, ms);
  return {
    broken() {
      clearTimeout(timer);
      timer = setTimeout(end, ms);
    },
    stop: () => clearTimeout(timer),
    isOver: () => isOver,
  };
}

/** A browser hides where to. 304 is an answer of the hub's own. */
const isElsewhere = ({ type, status }: Response): boolean =>
  type === 'opaqueredirect' || (status >= 300 && status < 400 && status !== 304);

function answerOf(response: Response, body: Bytes): RemoteAnswer {
  const etag = response.headers.get('etag');
  const waitS = retryAfterS(response.headers, Date.now());
  const from = firstByte(response);
  return {
    kind: 'answer',
    status: response.status,
    body,
    ...(etag !== null && { etag }),
    ...(waitS !== undefined && { retryAfterS: waitS }),
    ...(from !== undefined && { from }),
  };
}

function partOf(response: Response, body: Bytes): FilePart | undefined {
  const from = response.status === 200 ? 0 : firstByte(response);
  if (from === undefined || body.length === 0) return undefined;
  const etag = response.headers.get('etag');
  return { from, body, ...(etag !== null && { etag }) };
}

/** Where the body of a 206 begins (RFC 9110 section 14.4). */
function firstByte({ status, headers }: Response): number | undefined {
  const range = /^bytes (\d+)-/.exec(headers.get('content-range') ?? '');
  return status === 206 && range ? Number(range[1]) : undefined;
}

/** Counts unpacked bytes, so a small compressed answer cannot fill the memory. */
async function readAtMost(
  response: Response,
  maxBytes: number,
  came: Uint8Array[],
  onPart: () => void,
): Promise<void> {
  onPart();
  let size = 0;
  const reader = response.body?.getReader();
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    onPart();
    size += part.value.byteLength;
    if (size > maxBytes) throw new RangeError('the answer is too long');
    came.push(part.value);
  }
}

function joined(parts: readonly Uint8Array[]): Bytes {
  const body = new Uint8Array(parts.reduce((size, { byteLength }) => size + byteLength, 0));
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
