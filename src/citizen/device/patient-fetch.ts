import type { Fetched, Method } from '../../ports/ask-json.ts';

/** Milliseconds without an answer after which there is none: a code is shown long before. */
const patienceMs = 12_000;

/** `fetch` that gives up in time; its answer's text too. */
export async function patientFetch(
  path: string,
  init: { readonly method: Method; readonly body?: string },
): Promise<Fetched> {
  const waiting = new AbortController(); // `AbortSignal.timeout` is younger than the oldest browsers
  const timer = setTimeout(() => waiting.abort(), patienceMs);
  try {
    const answer = await fetch(path, { ...init, cache: 'no-store', signal: waiting.signal });
    const text = await answer.text();
    return { ok: answer.ok, headers: answer.headers, text: async () => text };
  } finally {
    clearTimeout(timer);
  }
}
