import { type EpochMillis, epochMillis } from '../../../../core/units.ts';
import type { Admission, Arrival } from '../../../../core/verify/admit.ts';
import type { Genuine } from '../../../../core/verify/authenticate.ts';
import { admitPass } from '../../../../core/verify/pipeline.ts';
import { keysToAsk, presentationKeys } from '../../../../core/verify/presented.ts';
import type { KeyedSighting, SeenStore } from '../../stores.ts';

/** How long a presentation is remembered: as long as a credential can live. */
const windowMs = 24 * 3600_000;

/** What was shown at this phone in the last day, on its disk and shared by its tabs. */
export interface Presentations {
  /**
   * Steps 8 and 9 over what the disk knows, and the new sightings with them, in one transaction: of
   * two tabs at the same instant one is told of the other.
   */
  admit(genuine: Genuine, arrival: Omit<Arrival, 'seen'>): Promise<Remembered>;
  /** The same, and nothing is remembered of it: the code is only looked at. */
  look(genuine: Genuine, arrival: Omit<Arrival, 'seen'>): Promise<Admission>;
  /**
   * Takes the sightings of an admission back that could not be logged: nobody was let in by it, and
   * nobody left. What stood in their places stands there again.
   */
  release(admission: Pick<Remembered, 'sightings' | 'before'>): Promise<void>;
  /** Remembers these, and gives what stood in their places. */
  put(sightings: readonly KeyedSighting[]): Promise<readonly KeyedSighting[]>;
  /** Forgets what is older than the window. */
  forget(now: EpochMillis): Promise<void>;
}

export interface Remembered extends Admission {
  /** What stood in the places of its sightings. */
  readonly before?: readonly KeyedSighting[];
}

export function createPresentations(store: SeenStore): Presentations {
  const decide = (genuine: Genuine, arrival: Omit<Arrival, 'seen'>, isKept: boolean) =>
    store.claim<Remembered>(keysToAsk(presentationKeys(genuine.parsed)), (found) => {
      const admission = admitPass(genuine, { ...arrival, seen: (key) => found.get(key) });
      const before = admission.sightings.flatMap(([key]) => {
        const stood = found.get(key);
        return stood ? [[key, stood] as const] : [];
      });
      return { result: { ...admission, before }, put: isKept ? admission.sightings : [] };
    });
  return {
    admit: (genuine, arrival) => decide(genuine, arrival, true),
    look: (genuine, arrival) => decide(genuine, arrival, false),
    async release({ sightings, before = [] }) {
      await store.release(sightings);
      if (before.length === 0) return;
      const keys = before.map(([key]) => key);
      await store.claim(keys, (found) => ({
        result: undefined,
        put: before.filter(([key]) => !found.has(key)),
      }));
    },
    put: (sightings) =>
      store.claim(
        sightings.map(([key]) => key),
        (found) => ({ result: [...found], put: sightings }),
      ),
    forget: (now) => store.forgetBefore(epochMillis(now - windowMs)),
  };
}
