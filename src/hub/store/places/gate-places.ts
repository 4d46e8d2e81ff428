import { type Areas, isWithin } from '../../../core/console/areas.ts';
import type { Queries } from '../../../node/database.ts';

/** Where a gate stands, for sums over many. */
export interface GatePlace {
  readonly id: string;
  readonly name: string;
  readonly site?: string;
  readonly zone?: string;
  readonly isOpen: boolean;
  isSeen(areas: Areas): boolean;
}

interface Row {
  readonly id: string;
  readonly name: string;
  readonly region: string | null;
  readonly site: string | null;
  readonly zone: string | null;
  readonly closed_at: number | null;
}

/** Every gate, closed ones too, in the order of their ids. */
export async function gatePlaces(sql: Queries): Promise<GatePlace[]> {
  const rows = await sql.query<Row>(
    'select id, name, region, site, zone, closed_at from gates order by id',
  );
  return rows.map(({ id, name, region, site, zone, closed_at }) => ({
    ...{ id, name, isOpen: closed_at === null },
    ...(site !== null && { site }),
    ...(zone !== null && { zone }),
    isSeen: (areas) => isWithin(areas, { site: site ?? undefined, region: region ?? undefined }),
  }));
}
