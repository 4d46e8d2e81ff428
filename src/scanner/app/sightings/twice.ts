import { isObject } from '../../../core/json.ts';
import type { ShownTwice } from '../../../core/sightings/sighting.ts';
import { type AppStore, clear } from '../store.ts';
import type { DeviceStore, Enrolment } from '../stores.ts';

export interface TwiceNeeds {
  readonly store: AppStore;
  readonly device: Pick<DeviceStore, 'twice' | 'changeTwice'>;
  enrolment(): Pick<Enrolment, 'device'> | undefined;
}

/** As it is on the disk; seqs are of this device's log alone. */
interface Kept {
  readonly device: string;
  readonly told: readonly ShownTwice[];
  /** How many of them the guard has not read. */
  readonly unread: number;
}

/** Codes that were let in here and at another gate while one of the two had no network. */
export function createTwice({ store, device, enrolment }: TwiceNeeds) {
  const show = ({ told, unread }: Kept): void => {
    if (told.length === 0) clear(store, 'twice', 'twiceNew');
    else store.setState({ twice: told, twiceNew: unread });
  };

  async function change(next: (kept: Kept) => Kept | undefined): Promise<void> {
    const own = enrolment()?.device;
    if (own === undefined) return;
    let inForce: Kept = { device: own, told: [], unread: 0 };
    const { readShownTwice } = await import('../../../core/sightings/sighting.ts');
    await device.changeTwice((stored) => {
      const kept = read(stored, own, readShownTwice);
      const changed = next(kept);
      inForce = changed ?? kept;
      return changed;
    });
    show(inForce);
  }

  return {
    async open() {
      // nothing is there on most phones: no transaction that writes, and nothing to load
      if ((await device.twice()) !== undefined) await change(() => undefined);
      else clear(store, 'twice', 'twiceNew');
    },
    /** What the hub told: what is new among it is to be read. */
    async take(value: unknown) {
      const { maxTwice, readShownTwice } = await import('../../../core/sightings/sighting.ts');
      const told = readShownTwice(value);
      if (told.length === 0) return;
      await change((kept) => {
        const known = new Set(kept.told.map(nameOf));
        const fresh = told.filter((one) => !known.has(nameOf(one)));
        if (fresh.length === 0) return undefined;
        const all = [...fresh, ...kept.told].sort((a, b) => b.at - a.at).slice(0, maxTwice);
        const unread = Math.min(all.length, kept.unread + fresh.length);
        return { ...kept, told: all, unread };
      });
    },
    note: () => change((kept) => ({ ...kept, unread: 0 })),
  };
}

const nameOf = ({ seq, gate, otherAt }: ShownTwice): string => `${seq} ${gate} ${otherAt}`;

function read(
  stored: unknown,
  device: string,
  readShownTwice: (value: unknown) => readonly ShownTwice[],
): Kept {
  const kept = isObject(stored) ? stored : {};
  if (kept['device'] !== device) return { device, told: [], unread: 0 };
  const told = readShownTwice(kept['told']);
  const unread = Number.isInteger(kept['unread']) ? Number(kept['unread']) : told.length;
  return { device, told, unread: Math.max(0, Math.min(unread, told.length)) };
}
