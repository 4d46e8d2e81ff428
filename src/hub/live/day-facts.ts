import type { Areas } from '../../core/console/areas.ts';
import type { Day, SiteDay } from '../../core/console/live.ts';
import { dayBegin } from '../../core/log/occupancy.ts';
import { type EpochMillis, epochMillis } from '../../core/units.ts';
import type { Queries } from '../../node/database.ts';
import { type HeadCount, headCounts, liveCounts } from '../store/console/counts.ts';
import { silentGates } from '../store/console/silent-gates.ts';
import { silentMs } from '../store/places/device-rows.ts';
import { type GatePlace, gatePlaces } from '../store/places/gate-places.ts';
import { listSites } from '../store/places/sites.ts';
import { countedBy, ended, gatesOf, hoursOf, insideOf, namedOf, statesOf } from './day-counts.ts';
import type { IssuerNames } from './issuer-names.ts';

const dayMs = 24 * 3_600_000;

/** Whose day, by whose clock. */
export interface DayAsked {
  readonly areas: Areas;
  /** Minutes the asker's clock is ahead of UTC. */
  readonly offset: number;
  /** Days before today. */
  readonly back: number;
  /** One gate alone. */
  readonly gate?: string;
}

/** The day at a glance; undefined where the one gate is not there, or not for this reader. */
export async function dayFacts(
  sql: Queries,
  now: EpochMillis,
  { areas, offset, back, gate }: DayAsked,
  issuerNames: IssuerNames,
): Promise<Day | undefined> {
  const places = await gatePlaces(sql);
  const mine = places.filter((place) => place.isSeen(areas));
  const shown = gate === undefined ? mine : mine.filter(({ id }) => id === gate);
  const [one] = shown;
  if (gate !== undefined && !one) return undefined;
  const isAll = areas === 'all' && gate === undefined;
  const area = isAll ? undefined : shown.map(({ id }) => id);
  const begin = dayBegin(now, offset);
  const [from, to] = [epochMillis(begin - back * dayMs), epochMillis(begin + (1 - back) * dayMs)];
  const counts = await liveCounts(sql, { area, from, to });
  const heads = await headCounts(sql, { area, from, to });
  const before = epochMillis(now - silentMs);
  const phones = back === 0 ? await silentGates(sql, { area, before }) : [];
  const known = new Map(mine.map(({ id, name }) => [id, name]));
  const open = shown.filter(({ isOpen }) => isOpen || gate !== undefined);
  const labels = await issuerNames();
  return {
    ...{ at: now, from },
    ...(gate !== undefined && one && { gate: { id: one.id, name: one.name } }),
    total: ended(countedBy(counts, 'gate')),
    moved: insideOf(heads),
    states: statesOf(counts),
    reasons: namedOf(counts, 'reason'),
    issuers: namedOf(counts, 'issuer').map((issuer) => {
      const label = labels.get(issuer.name);
      return { ...issuer, ...(label && { label }) };
    }),
    hours: hoursOf(counts, from),
    gates: gatesOf(counts, {
      ...{ ids: open.map(({ id }) => id), names: known, heads },
      silentAt: (id) => phones.filter((phone) => phone.gate === id).length,
    }),
    sites: gate === undefined ? await sitesOf(sql, places, mine, heads) : [],
    silent: phones.map(({ gate: at, device, since, heardAt }) => ({
      ...{ gate: at, name: known.get(at) ?? at, device, since, heardAt },
    })),
  };
}

/** Sites of the reader's gates; of a place that others lead to as well it says so. */
async function sitesOf(
  sql: Queries,
  all: readonly GatePlace[],
  mine: readonly GatePlace[],
  heads: readonly HeadCount[],
): Promise<SiteDay[]> {
  const seen = new Set(mine.map(({ id }) => id));
  const sites = (await listSites(sql)).filter(({ id }) => mine.some(({ site }) => site === id));
  const sumOf = (gates: readonly GatePlace[]) => {
    const ids = new Set(gates.map(({ id }) => id));
    return insideOf(heads.filter((head) => ids.has(head.gate)));
  };
  return sites.map(({ id, name, zones }) => ({
    ...{ site: id, name },
    ...sumOf(mine.filter(({ site }) => site === id)),
    zones: zones.map(({ id: zone, name: called, capacity }) => {
      const gates = all.filter((gate) => gate.isOpen && gate.site === id && gate.zone === zone);
      return {
        ...{ zone, name: called, gates: gates.length },
        hidden: gates.filter((gate) => !seen.has(gate.id)).length,
        ...(capacity !== undefined && { capacity }),
        ...sumOf(mine.filter((gate) => gate.site === id && gate.zone === zone)),
      };
    }),
  }));
}
