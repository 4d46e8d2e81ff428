import { setTimeout as later } from 'node:timers';
import { type EpochMillis, epochMillis } from '../../core/units.ts';
import type { Sql } from '../../node/database.ts';
import type { EventSink } from '../live/event-stream.ts';
import {
  forgetSightings,
  type SiteSighting,
  sightingHeads,
  sightingsAfter,
  sitesOf,
} from '../store/places/sightings.ts';

/** Milliseconds. */
export interface SightingTimes {
  /** From look to look: what another hub on the same database took in is seen after so long. */
  readonly tickMs: number;
  /** The shortest rest after a look that this process's own intake asked for. */
  readonly pokedMs: number;
  readonly beatMs: number;
  /** From look to look whether devices still count, and stand where they stood. */
  readonly standingMs: number;
  readonly forgetMs: number;
}
export const sightingTimes: SightingTimes = {
  ...{ tickMs: 250, pokedMs: 20, beatMs: 20_000, standingMs: 1000, forgetMs: 600_000 },
};
/** A look that took long is followed by a rest of so many times as long, and of this at most. */
const restFactor = 4;
const longestRestMs = 5000;
/** Sightings of one message: what is behind waits until there is room, in the table and not in memory. */
const mostAtOnce = 500;
/** Streams of one device: the newest holds, for a line that was cut looks open for a minute. */
const mostOfDevice = 2;

/** A phone that wants to know what others of its site let in. */
export interface SightingListener extends EventSink {
  readonly device: string;
  readonly site: string;
  readonly windowS: number;
  /** The number it has come to, where it says one. */
  readonly after?: number;
}

export interface SightingFeed {
  /** Tells what there is and whatever comes; returns how to stop. */
  listen(listener: SightingListener): () => void;
  /** This process took something in: look at once. */
  poke(): void;
  /** Ends every stream and is over when nothing is asked of the database. */
  close(): Promise<void>;
}

export interface SightingFeedNeeds {
  readonly sql: Sql;
  readonly clock: { wall(): EpochMillis; monotonic(): number };
  /** A look failed, and every stream was ended. */
  failed(error: unknown): void;
  readonly times?: Partial<SightingTimes>;
}

interface Place {
  readonly listener: SightingListener;
  /** The last number told; undefined until the first look. */
  told: number | undefined;
  isReady: boolean;
}

/**
 * One loop for all streams of this process, at rest while there is none. Where a stream stands is a
 * number and nothing else: what a slow reader has no room for is read again from the table, so a flood
 * costs this process no memory. A look that fails ends the streams, and phones ask again.
 */
export function createSightingFeed({ sql, clock, failed, times }: SightingFeedNeeds): SightingFeed {
  const { tickMs, pokedMs, beatMs, standingMs, forgetMs } = { ...sightingTimes, ...times };
  const places = new Set<Place>();
  const pace = createPace(tickMs, pokedMs);
  let isTurning = false;
  let isClosed = false;
  let looking: Promise<void> | undefined;
  let [beatenAt, lookedAt] = [0, 0];

  // whether anybody listens or not: a key is kept for a day
  const forgetting = setInterval(() => {
    forgetSightings(sql, clock.wall()).catch(() => undefined); // the next time will do
  }, forgetMs);
  forgetting.unref();

  const everybody = () => [...places];

  async function endStrangers(): Promise<void> {
    const asked = everybody(); // who comes meanwhile was looked at a moment ago
    const standing = await sitesOf(sql, [...new Set(asked.map((p) => p.listener.device))]);
    for (const { listener } of asked)
      if (standing.get(listener.device) !== listener.site) listener.end();
  }

  async function look(): Promise<void> {
    const now = clock.monotonic();
    if (now - lookedAt >= standingMs) {
      lookedAt = now;
      await endStrangers();
    }
    const bySite = new Map<string, Place[]>();
    for (const place of places) {
      const { site } = place.listener;
      const theirs = bySite.get(site);
      if (theirs) theirs.push(place);
      else bySite.set(site, [place]);
    }
    const heads = await sightingHeads(sql, [...bySite.keys()]);
    for (const [site, theirs] of bySite) {
      const read = readOnce(sql, site, clock.wall());
      for (const place of theirs) await tell(place, heads.get(site) ?? 0, read);
    }
    if (now - beatenAt < beatMs) return;
    beatenAt = now;
    for (const { listener } of everybody()) listener.beat();
  }

  async function turn(): Promise<void> {
    isTurning = true;
    pace.begin();
    const beganAt = clock.monotonic();
    try {
      looking = look();
      await looking;
    } catch (error) {
      if (!isClosed) failed(error);
      for (const { listener } of everybody()) listener.end();
    }
    await pace.rest(clock.monotonic() - beganAt);
    isTurning = false;
    wake();
  }

  function wake(): void {
    if (!isTurning && places.size > 0) void turn();
  }

  function endOldest(device: string): void {
    const own = everybody().filter(({ listener }) => listener.device === device);
    for (const { listener } of own.slice(0, Math.max(0, own.length - mostOfDevice))) listener.end();
  }

  return {
    poke: pace.poke,
    listen(listener) {
      const place: Place = { listener, told: undefined, isReady: false };
      places.add(place);
      endOldest(listener.device);
      pace.poke();
      wake();
      return () => places.delete(place);
    },
    async close() {
      isClosed = true;
      clearInterval(forgetting);
      for (const { listener } of everybody()) listener.end();
      pace.poke();
      await looking?.catch(() => undefined);
    },
  };
}

/** How long to rest between looks; whoever pokes ends a rest, but for what a look that took long is owed. */
function createPace(tickMs: number, pokedMs: number) {
  let isPoked = false;
  let endRest: (() => void) | undefined;
  const wait = (ms: number, isLight = false): Promise<void> =>
    new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        endRest = undefined;
        resolve();
      };
      const timer = later(done, Math.max(0, ms));
      if (isLight) endRest = done;
    });
  return {
    begin() {
      isPoked = false;
    },
    poke() {
      isPoked = true;
      endRest?.();
    },
    async rest(tookMs: number) {
      await wait(Math.max(pokedMs, Math.min(restFactor * tookMs, longestRestMs)));
      if (!isPoked) await wait(tickMs - pokedMs, true);
    },
  };
}

/** What came since this stream was told last, as far as its reader has room for it. */
async function tell(place: Place, head: number, read: ReadSite): Promise<void> {
  const { listener } = place;
  const { after } = listener;
  // a number beyond the end is of another database, or of before a backup was put back
  place.told ??= after !== undefined && after <= head ? after : 0;
  if (place.told >= head && place.isReady) return;
  while (place.told < head) {
    if (!listener.hasRoom()) return;
    const rows = await read(place.told, listener.windowS);
    const theirs = rows.filter(({ device }) => device !== listener.device);
    const last = rows.at(-1)?.seq ?? head;
    // of one site what is seen has all before it: numbers are given under a lock
    place.told = rows.length < mostAtOnce ? Math.max(head, last) : last;
    if (theirs.length > 0) listener.send(theirs.map(message).join(''));
  }
  if (place.isReady || !listener.hasRoom()) return;
  place.isReady = true;
  listener.send(`id: ${head}\nevent: ready\ndata: {}\n\n`);
}

type ReadSite = (after: number, windowS: number) => Promise<SiteSighting[]>;

/** Phones of a site stand at the same number as a rule: read once a look for all of them. */
function readOnce(sql: Sql, site: string, now: EpochMillis): ReadSite {
  const known = new Map<string, Promise<SiteSighting[]>>();
  return (after, windowS) => {
    const asked = `${after} ${windowS}`;
    const since = epochMillis(now - windowS * 1000);
    const rows = known.get(asked) ?? sightingsAfter(sql, site, { after, since, limit: mostAtOnce });
    if (known.size > 0 && !known.has(asked)) known.clear(); // no more than one page in memory
    known.set(asked, rows);
    return rows;
  };
}

const message = ({ seq, key, gate, at }: SiteSighting): string =>
  `id: ${seq}\nevent: sighting\ndata: ${JSON.stringify({ key, gate, at: Number(at) })}\n\n`;
