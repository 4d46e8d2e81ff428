import type { LocalizedText } from '../terms.ts';
import type { Bundle } from '../trust/bundle.ts';
import type { Direction } from '../trust/places.ts';
import type { ToldPlace } from './gate-settings.ts';

/** Which way people go at a gate, and where it leads: protocol 12. */
export interface Place {
  readonly direction: Direction;
  readonly zone?: {
    readonly id: string;
    readonly name: LocalizedText | string;
    readonly capacity?: number;
  };
}

/**
 * The bundle's word on the gate comes first, then the desk's. Where either says two things nobody is
 * taken to leave there, and of two capacities the smaller one holds.
 */
export function placeOf(
  { gates = [], zones = [] }: Pick<Bundle, 'gates' | 'zones'>,
  gate: string,
  told: ToldPlace = {},
): Place {
  const named = gates.filter(({ id }) => id === gate);
  const ways = new Set(named.flatMap(({ direction }) => direction ?? []));
  const [way] = ways;
  const direction = ways.size > 1 ? 'in' : (way ?? told.direction ?? 'in');
  const ids = new Set(named.flatMap(({ zone }) => zone ?? []));
  const [id] = ids;
  if (ids.size === 0) return { direction, ...(told.zone && { zone: known(told.zone) }) };
  const same = zones.filter((zone) => zone.id === id);
  const [first] = same;
  if (ids.size > 1 || !first) return { direction };
  const capacities = same.flatMap(({ capacity }) => capacity ?? []);
  const capacity = capacities.length > 0 ? Math.min(...capacities) : undefined;
  return { direction, zone: known({ id: first.id, name: first.name, capacity }) };
}

const known = ({
  capacity,
  ...zone
}: {
  readonly id: string;
  readonly name: LocalizedText | string;
  readonly capacity?: number | undefined;
}) => ({ ...zone, ...(capacity !== undefined && { capacity }) });
