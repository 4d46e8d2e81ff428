import { eventLines } from '../../../src/core/sightings/event-lines.ts';
import type { EventRemote, StreamEnd } from '../../../src/ports/event-remote.ts';

type Ask = (path: string, init: RequestInit) => Response | Promise<Response>;

export interface FakeEvents extends EventRemote {
  /** From now on another hub answers. */
  over(ask: Ask): void;
  /** Cuts the streams that are open, as a bad line does. */
  cut(): void;
  /** Sightings that came. */
  readonly told: number;
  /** `Last-Event-ID` of each stream begun. */
  readonly begun: (string | undefined)[];
}

/** Streams of a hub in this process; while offline there is none, and open ones end. */
export function fakeEvents(first: Ask, online: () => boolean): FakeEvents {
  let ask = first;
  const open = new Set<() => void>();
  const begun: (string | undefined)[] = [];
  let told = 0;
  return {
    begun,
    get told() {
      return told;
    },
    over(next) {
      ask = next;
    },
    cut() {
      for (const stop of open) stop();
    },
    listen(path, { token, lastId, onEvent }) {
      let stop = () => {};
      const stopped = new Promise<undefined>((resolve) => {
        stop = () => resolve(undefined);
      });
      open.add(stop);
      begun.push(lastId);
      async function follow(): Promise<StreamEnd> {
        if (!online()) return { kind: 'offline' };
        const headers = {
          authorization: `Bearer ${token}`,
          ...(lastId !== undefined && { 'last-event-id': lastId }),
        };
        const answer = await ask(path, { headers });
        if (answer.status !== 200) return { kind: 'answer', status: answer.status };
        const reader = answer.body?.getReader();
        const read = eventLines();
        const decoder = new TextDecoder();
        for (;;) {
          const part = await Promise.race([reader?.read(), stopped]);
          if (!part || part.done) break;
          for (const event of read(decoder.decode(part.value, { stream: true }))) {
            if (event.event === 'sighting') told += 1;
            onEvent(event);
          }
        }
        await reader?.cancel();
        return { kind: 'over' };
      }
      return { ended: follow().finally(() => open.delete(stop)), stop: () => stop() };
    },
  };
}
