import type { JsonObject } from '../../../core/json.ts';
import type { Arrival } from '../../../core/verify/admit.ts';
import type { Genuine } from '../../../core/verify/authenticate.ts';
import type { Sighting } from '../../../core/verify/verdict.ts';
import { bestEffort } from '../best-effort.ts';
import { type AppStore, clear } from '../store.ts';
import type { GroupNeeds, GroupWork } from './group.ts';
import { createTwice, type TwiceNeeds } from './twice.ts';

export interface NoteActions {
  /** The guard has read which codes were shown twice. */
  noteTwice(): Promise<void>;
}

/** The other gates of the site: protocol 13. Nothing of it is loaded at a gate of its own. */
export interface Neighbours {
  /** What the hub answered to an upload or a status: whether there is a site, and which codes were shown twice. */
  take(reply: JsonObject): Promise<void>;
  /**
   * Where else in the site this code was let in lately, as far as is known within a third of a second;
   * of a code about to pass the hub is told first. Never rejects: unknown is undefined.
   */
  ask(genuine: Genuine, arrival: Omit<Arrival, 'seen'>): Promise<Sighting | undefined>;
  /** Reads what is kept for this device. */
  open(): Promise<void>;
  readonly actions: NoteActions;
  stop(): void;
}

type Needs = Omit<GroupNeeds, 'events'> &
  TwiceNeeds & {
    readonly store: AppStore;
    /** Without it this app never hears of other gates. */
    readonly events?: GroupNeeds['events'];
  };

export function createNeighbours(needs: Needs): Neighbours {
  const { store, events } = needs;
  const twice = createTwice(needs);
  let work: Promise<GroupWork> | undefined;
  let isStopped = false;

  const load = (): Promise<GroupWork> | undefined => {
    if (!events || isStopped) return undefined;
    work ??= import('./group.ts').then(({ createGroup }) => createGroup({ ...needs, events }));
    work.catch(() => {
      work = undefined; // the next answer tries again
    });
    return work;
  };

  async function take(reply: JsonObject): Promise<void> {
    const { group: said, twice: told } = reply;
    if (told !== undefined) await bestEffort(store, () => twice.take(told));
    if (!('trusted' in reply) || 'receipt' in reply) return; // an upload does not say who stands where
    const { readGroup } = await import('../../../core/sightings/sighting.ts');
    const group = readGroup(said);
    if (group) store.setState({ group });
    else clear(store, 'group', 'hears');
    (group ? await load() : await work)?.stand(group);
  }

  return {
    take: (reply) => take(reply).catch(() => undefined),
    async ask(genuine, arrival) {
      if (store.getState().group === undefined) return undefined;
      return (await work?.catch(() => undefined))?.ask(genuine, arrival);
    },
    open: () => bestEffort(store, twice.open),
    actions: { noteTwice: () => bestEffort(store, twice.note) },
    stop() {
      isStopped = true;
      void work?.then((group) => group.stop()).catch(() => undefined);
    },
  };
}
