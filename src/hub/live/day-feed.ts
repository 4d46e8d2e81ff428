import { setTimeout as later } from 'node:timers';
import type { Day } from '../../core/console/live.ts';
import type { EpochMillis } from '../../core/units.ts';
import type { Sql } from '../../node/database.ts';
import { standings } from '../operators/sessions.ts';
import { type ChangeMark, changeMark } from '../store/console/change-mark.ts';
import { type DayAsked, dayFacts } from './day-facts.ts';
import type { EventSink } from './event-stream.ts';
import type { IssuerNames } from './issuer-names.ts';

/** Milliseconds; defaults of a hub that serves people. */
export interface FeedTimes {
  /** From look to look: at most one message in it. */
  readonly tickMs: number;
  /** So long a page is held for current although nothing was written: who is silent depends on the time. */
  readonly freshMs: number;
  readonly beatMs: number;
  /** From look to look whether sessions still count. */
  readonly sessionMs: number;
  /** The longest rest after a look: a machine that slept in the middle of one took hours. */
  readonly longestRestMs: number;
}
export const feedTimes: FeedTimes = {
  ...{ tickMs: 1000, freshMs: 15_000, beatMs: 20_000, sessionMs: 2000, longestRestMs: 10_000 },
};
/** A look that took long is followed by a rest of so many times as long: the gates come first. */
const restFactor = 4;

/** Somebody who wants to know of the day. */
export interface Listener extends EventSink {
  readonly session: string;
  /** `standingOf` whoever asked, when it began. */
  readonly standing: string;
}

export interface DayFeed {
  /** Tells the day now and whenever it changes; returns how to stop. */
  listen(asked: DayAsked, listener: Listener): () => void;
  /** Ends every stream and is over when nothing is asked of the database. */
  close(): Promise<void>;
}

export interface FeedNeeds {
  readonly sql: Sql;
  readonly clock: { wall(): EpochMillis; monotonic(): number };
  readonly issuerNames: IssuerNames;
  /** A look failed, and every stream was ended. */
  failed(error: unknown): void;
  readonly times?: Partial<FeedTimes>;
}

/** Those who ask the same: reckoned once for all of them. */
interface Group {
  readonly asked: DayAsked;
  readonly listeners: Set<Listener>;
  /** Came since the last look. */
  readonly fresh: Set<Listener>;
  /** What was told last, without its time, and when it was reckoned. */
  told?: string;
  reckonedAt: number;
}

/**
 * One loop for all streams of this process, which rests while there is none: it looks at a change mark,
 * reckons each distinct question once, one after the other, and tells those who listen what is new.
 * A look that fails ends the streams: they would say that the day is live.
 */
export function createDayFeed({ sql, clock, issuerNames, failed, times }: FeedNeeds): DayFeed {
  const { tickMs, freshMs, beatMs, sessionMs, longestRestMs } = { ...feedTimes, ...times };
  const groups = new Map<string, Group>();
  let mark: ChangeMark | undefined;
  let isTurning = false;
  let looking: Promise<void> | undefined;
  let isClosed = false;
  let beatenAt = 0;
  let lookedAt = 0;

  const everybody = () => [...groups.values()].flatMap(({ listeners }) => [...listeners]);

  async function endSessions(): Promise<void> {
    const listeners = everybody();
    const ids = [...new Set(listeners.map(({ session }) => session))];
    const standing = await standings(sql, ids, clock.wall());
    for (const listener of listeners)
      if (standing.get(listener.session) !== listener.standing) listener.end();
  }

  async function tell(group: Group, isChanged: boolean): Promise<void> {
    const { asked, listeners, fresh } = group;
    const isCurrent = group.told !== undefined && clock.monotonic() - group.reckonedAt < freshMs;
    if (!isChanged && isCurrent && fresh.size === 0) return;
    const day = await dayFacts(sql, clock.wall(), asked, issuerNames);
    if (!day) {
      for (const listener of [...listeners]) listener.end(); // the gate is no longer theirs
      return;
    }
    const told = textOf(day);
    const isNew = told !== group.told;
    group.reckonedAt = clock.monotonic();
    group.told = told;
    const message = `event: day\ndata: ${JSON.stringify(day)}\n\n`;
    const hearing = isNew ? [...listeners] : [...fresh];
    fresh.clear();
    for (const listener of hearing) listener.send(message);
  }

  async function look(): Promise<void> {
    const now = clock.monotonic();
    if (now - lookedAt >= sessionMs) {
      lookedAt = now;
      await endSessions();
    }
    const found = await changeMark(sql, mark);
    const isChanged = found.sums !== mark?.sums;
    mark = found;
    for (const group of [...groups.values()]) await tell(group, isChanged);
    if (now - beatenAt >= beatMs) {
      beatenAt = now;
      for (const listener of everybody()) listener.beat();
    }
  }

  async function turn(): Promise<void> {
    isTurning = true;
    const beganAt = clock.monotonic();
    try {
      looking = look();
      await looking;
    } catch (error) {
      if (!isClosed) failed(error);
      endAll(); // pages ask again, and are told what is wrong
    }
    const tookMs = clock.monotonic() - beganAt;
    const restMs = Math.min(Math.max(tickMs, restFactor * tookMs), longestRestMs);
    await new Promise((resolve) => later(resolve, restMs));
    isTurning = false;
    wake();
  }

  function wake(): void {
    if (!isTurning && groups.size > 0) void turn();
    if (groups.size === 0) mark = undefined;
  }

  function endAll(): void {
    for (const listener of everybody()) listener.end();
  }

  return {
    listen(asked, listener) {
      const key = JSON.stringify(asked);
      const group = groups.get(key) ?? {
        ...{ asked, listeners: new Set(), fresh: new Set(), reckonedAt: 0 },
      };
      groups.set(key, group);
      group.listeners.add(listener);
      group.fresh.add(listener);
      wake();
      return () => {
        group.listeners.delete(listener);
        group.fresh.delete(listener);
        if (group.listeners.size === 0 && groups.get(key) === group) groups.delete(key);
      };
    },
    async close() {
      isClosed = true;
      endAll();
      await looking?.catch(() => undefined);
    },
  };
}

/** Without the moment it was reckoned at: that alone is nothing new. */
const textOf = ({ at: _, ...day }: Day): string => JSON.stringify(day);
