import type { TrustedNow } from '../../../../core/time/trusted-now.ts';
import type { Genuine } from '../../../../core/verify/authenticate.ts';
import { keysToAsk, presentationKeys } from '../../../../core/verify/presented.ts';
import type { KeyedSighting } from '../../stores.ts';
import type { Presentations, Remembered } from './presentations.ts';

/** How many scans of this run are remembered by their random ids: those whose outcome may still change. */
const maxLines = 24;

interface Line {
  readonly keys: readonly string[];
  /** What the memory of presentations was told because of this scan, and what stood there before. */
  readonly put: readonly KeyedSighting[];
  readonly before: readonly KeyedSighting[];
  /** The person was on the way out. */
  readonly dir?: 'out';
}

/**
 * Lets the memory of presentations follow the outcome: whose code let somebody in is held against the
 * next one who shows it, whose code let nobody in may be shown again. In memory only, by random ids.
 */
export interface WhoPassed {
  /** A scan was judged, and this was remembered of it. */
  judged(
    seq: number,
    genuine: Genuine,
    remembered: Pick<Remembered, 'sightings' | 'before'>,
    dir?: 'out',
  ): void;
  /** Somebody is let in by it now, whatever the verdict was. Before that is written down. */
  admitted(seq: number, gate: string, now: TrustedNow): Promise<void>;
  /** Nobody went in by it after all. */
  refused(seq: number): Promise<void>;
}

export function createWhoPassed(presentations: Presentations): WhoPassed {
  const lines = new Map<number, Line>();
  return {
    judged(seq, { parsed }, { sightings, before = [] }, dir) {
      const keys = keysToAsk(presentationKeys(parsed));
      lines.set(seq, { keys, put: sightings, before, ...(dir && { dir }) });
      for (const [oldest] of lines) if (lines.size > maxLines) lines.delete(oldest);
    },
    async admitted(seq, gate, now) {
      const line = lines.get(seq);
      if (!line) return;
      const verdict = { state: 'pass', reason: 'admitted' } as const;
      const sighting = { gate, at: now.at, verdict, ...(line.dir && { dir: line.dir }) };
      const put = line.keys.map((key) => [key, sighting] as const);
      const found = await presentations.put(put);
      // what this very scan left there is no earlier showing
      const isOwn = ([key, { at }]: KeyedSighting) =>
        line.put.some(([own, sighting]) => own === key && sighting.at === at);
      const before = [...line.before, ...found.filter((sighting) => !isOwn(sighting))];
      lines.set(seq, { ...line, put, before });
    },
    async refused(seq) {
      const line = lines.get(seq);
      if (!line) return;
      await presentations.release({ sightings: line.put });
      if (line.before.length > 0) await presentations.put(line.before);
      lines.set(seq, { ...line, put: [], before: [] });
    },
  };
}
