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
  admit(genuine: Genuine, arrival: Omit<Arrival, 'seen'>): Promise<Admission>;
  /** Takes the sightings of an admission back that could not be logged: nobody was let in by it. */
  release(admission: Pick<Admission, 'sightings'>): Promise<void>;
  /** Remembers these, and gives what stood in their places. */
  put(sightings: readonly KeyedSighting[]): Promise<readonly KeyedSighting[]>;
  /** Forgets what is older than the window. */
  forget(now: EpochMillis): Promise<void>;
}

export function createPresentations(store: SeenStore): Presentations {
  return {
    admit(genuine, arrival) {
      const keys = keysToAsk(presentationKeys(genuine.parsed));
      return store.claim(keys, (found) => {
        const admission = admitPass(genuine, { ...arrival, seen: (key) => found.get(key) });
        return { result: admission, put: admission.sightings };
      });
    },
    release: ({ sightings }) => store.release(sightings),
    put: (sightings) =>
      store.claim(
        sightings.map(([key]) => key),
        (found) => ({ result: [...found], put: sightings }),
      ),
    forget: (now) => store.forgetBefore(epochMillis(now - windowMs)),
  };
}
