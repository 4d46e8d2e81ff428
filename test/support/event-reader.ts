import type { Day } from '../../src/core/console/live.ts';
import type { ConsoleClient } from './console-client.ts';

/** What comes of a stream of events, piece by piece. */
export interface EventReader {
  readonly status: number;
  readonly headers: Headers;
  /** The next day that is told; undefined when the stream ends first. */
  day(): Promise<Day | undefined>;
  /** The next piece, comments too; undefined at the end. */
  piece(): Promise<string | undefined>;
  cancel(): Promise<void>;
}

export function readEvents(answer: Response): EventReader {
  const reader = answer.body?.getReader();
  const decoder = new TextDecoder();
  let text = '';
  async function piece(): Promise<string | undefined> {
    for (;;) {
      const end = text.indexOf('\n\n');
      if (end >= 0) {
        const found = text.slice(0, end);
        text = text.slice(end + 2);
        return found;
      }
      const next = await reader?.read();
      if (!next || next.done) return undefined;
      text += decoder.decode(next.value, { stream: true });
    }
  }
  return {
    ...{ status: answer.status, headers: answer.headers, piece },
    async day() {
      for (;;) {
        const found = await piece();
        if (found === undefined) return undefined;
        const data = /^event: day\ndata: (.*)$/.exec(found)?.[1];
        if (data !== undefined) return JSON.parse(data) as Day;
      }
    },
    cancel: async () => reader?.cancel(),
  };
}

export async function streamOf(
  { hub, cookie }: ConsoleClient,
  query = 'offset=480',
  method = 'GET',
): Promise<EventReader> {
  const headers = { 'sec-fetch-site': 'same-origin', cookie: cookie ?? '' };
  const path = `https://hub.example/console/api/day/events?${query}`;
  return readEvents(await hub.app.request(path, { method, headers }));
}
