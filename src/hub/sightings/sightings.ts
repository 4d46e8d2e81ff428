import { eventStream } from '../live/event-stream.ts';
import { type StreamLimits, streamPlaces } from '../live/places.ts';
import { createSightingFeed, type SightingFeedNeeds, type SightingListener } from './feed.ts';

/** A town's phones stand behind one address; a device holds as many as the feed leaves it, and a little more while one ends. */
export const sightingLimits: StreamLimits = { perSession: 4, perAddress: 2000, inAll: 5000 };

/** What gates of a site tell each other through this hub: protocol 13. */
export interface Sightings {
  /** An answer that goes on; undefined where too many are open already, or the hub is stopping. */
  stream(
    who: Pick<SightingListener, 'device' | 'site' | 'windowS' | 'after'>,
    address: string | undefined,
  ): Response | undefined;
  poke(): void;
  readonly open: () => number;
  close(): Promise<void>;
}

export function createSightings({
  limits = sightingLimits,
  ...needs
}: SightingFeedNeeds & { readonly limits?: StreamLimits }): Sightings {
  const feed = createSightingFeed(needs);
  const places = streamPlaces(limits);
  let isClosed = false;
  return {
    open: places.open,
    poke: feed.poke,
    stream(who, address) {
      const giveBack = isClosed ? undefined : places.take(who.device, address);
      if (!giveBack) return undefined;
      return eventStream((sink) => {
        const stop = feed.listen({ ...sink, ...who });
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
