import { eventLines } from '../../core/sightings/event-lines.ts';
import type { EventRemote, StreamEnd, StreamOptions } from '../../ports/event-remote.ts';
import { retryAfterS } from './retry-after.ts';

/** Milliseconds without a byte: the hub says every 20 s that the line is alive. */
const silenceLimit = 45_000;

/**
 * Server-sent events over `fetch`: the platform's own `EventSource` can send no
 * header, and a token has no place in an address.
 */
export function createEventRemote(
  origin: string = location.origin,
  silenceMs = silenceLimit,
): EventRemote {
  return {
    listen(path, options) {
      const abort = new AbortController();
      const stop = () => abort.abort();
      let timer = setTimeout(stop, silenceMs);
      const moved = () => {
        clearTimeout(timer);
        timer = setTimeout(stop, silenceMs);
      };
      const ended = follow(new URL(path, origin), options, abort.signal, moved)
        .catch((): StreamEnd => ({ kind: 'offline' }))
        .finally(() => {
          clearTimeout(timer);
          stop();
        });
      return { ended, stop };
    },
  };
}

async function follow(
  url: URL,
  { token, lastId, onEvent }: StreamOptions,
  signal: AbortSignal,
  moved: () => void,
): Promise<StreamEnd> {
  const response = await fetch(url, {
    headers: {
      authorization: `Bearer ${token}`,
      ...(lastId !== undefined && { 'last-event-id': lastId }),
    },
    ...{ signal, credentials: 'omit', cache: 'no-store', redirect: 'error' },
    ...{ mode: 'same-origin', referrerPolicy: 'no-referrer' },
  });
  const kind = response.headers.get('content-type') ?? '';
  if (response.status !== 200 || !kind.startsWith('text/event-stream')) {
    const waitS = retryAfterS(response.headers, Date.now());
    // a login page says 200 too
    const status = response.status === 200 ? 511 : response.status;
    return { kind: 'answer', status, ...(waitS !== undefined && { retryAfterS: waitS }) };
  }
  const reader = response.body?.getReader();
  const decoder = new TextDecoder();
  const read = eventLines();
  try {
    for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
      moved();
      for (const event of read(decoder.decode(part.value, { stream: true }))) onEvent(event);
    }
  } catch {
    // cut, silent, or no events at all: over either way
  }
  return { kind: 'over' };
}
