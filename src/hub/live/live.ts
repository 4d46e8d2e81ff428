import type { DayAsked } from './day-facts.ts';
import { createDayFeed, type FeedNeeds } from './day-feed.ts';
import { eventStream } from './event-stream.ts';
import { type StreamLimits, streamLimits, streamPlaces } from './places.ts';

/** Whose stream it is. */
export interface Watcher {
  readonly session: string;
  /** `standingOf` it. */
  readonly standing: string;
  readonly address: string | undefined;
}

/** The pages that are kept up to date while they are open. */
export interface Live {
  /** An answer that goes on; undefined where too many are open already, or the hub is stopping. */
  day(asked: DayAsked, watcher: Watcher): Response | undefined;
  readonly open: () => number;
  /** Ends them all, and is over when nothing is asked of the database any more. */
  close(): Promise<void>;
}

export interface LiveNeeds extends FeedNeeds {
  readonly limits?: StreamLimits;
}

export function createLive({ limits = streamLimits, ...needs }: LiveNeeds): Live {
  const feed = createDayFeed(needs);
  const places = streamPlaces(limits);
  let isClosed = false;
  return {
    open: places.open,
    day(asked, { session, standing, address }) {
      const giveBack = isClosed ? undefined : places.take(session, address);
      if (!giveBack) return undefined;
      return eventStream((sink) => {
        const stop = feed.listen(asked, { ...sink, session, standing });
        return () => {
          stop();
          giveBack();
        };
      }, needs.clock.monotonic);
    },
    async close() {
      isClosed = true;
      await feed.close();
    },
  };
}
