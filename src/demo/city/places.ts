import type { GateFacts, SiteFacts } from '../../core/console/gates.ts';
import type { Venue } from '../../core/trust/venue-rule.ts';

/** A gate and how many people come on an ordinary day. */
export interface CityGate extends GateFacts {
  readonly people: number;
}

const region = 'CN-TJ';

/** By their ids these are told from any other gate: nothing real begins with `demo-`. */
const site = (id: string, name: string, zone?: readonly [string, number]): SiteFacts => ({
  ...{ id: `demo-${id}`, name: `${name}（演示）`, region },
  zones: zone ? [{ id: 'inside', name: zone[0], capacity: zone[1] }] : [],
});

type Direction = GateFacts['direction'];
type Listed = readonly [
  site: string,
  id: string,
  name: string,
  people: number,
  direction?: Direction,
];

export const citySites: readonly SiteFacts[] = [
  site('west', '海河西站', ['候车厅', 900]),
  site('mall', '和平路商场', ['商场内', 300]),
  site('metro', '地铁营口道站'),
  site('tower', '滨江写字楼'),
  site('homes', '阳光家园'),
  site('hospital', '海河医院', ['门诊楼', 150]),
];

const venueOf: Readonly<Record<string, Venue>> = {
  ...{ west: 'station', mall: 'mall', metro: 'transit', tower: 'workplace' },
  ...{ homes: 'residential', hospital: 'hospital' },
};
const hasZone = new Set(['west', 'mall', 'hospital']);

const listed: readonly Listed[] = [
  ['west', 'north', '西站北入口', 130],
  ['west', 'south', '西站南入口', 110],
  ['west', 'exit', '西站出口', 150, 'out'],
  ['mall', 'east', '商场东门', 90],
  ['mall', 'west', '商场西门', 70],
  ['mall', 'exit', '商场出口', 130, 'out'],
  ['metro', 'a', '营口道站 A 口', 120],
  ['metro', 'b', '营口道站 B 口', 90],
  ['metro', 'c', '营口道站 C 口', 60],
  ['tower', 'lobby', '写字楼大堂', 80],
  ['tower', 'garage', '写字楼车库', 35],
  ['homes', '1', '阳光家园 1 号门', 70],
  ['homes', '2', '阳光家园 2 号门', 40],
  ['homes', '3', '阳光家园 3 号门', 25],
  ['hospital', 'front', '医院正门', 60],
  ['hospital', 'exit', '医院出口', 50, 'out'],
];

export const cityGates: readonly CityGate[] = listed.map(([of, id, name, people, direction]) => ({
  ...{ id: `demo-${of}-${id}`, name, people, region, site: `demo-${of}` },
  venue: venueOf[of] ?? 'other',
  direction: direction ?? 'in',
  ...(hasZone.has(of) && { zone: 'inside' }),
}));

/** How many of a hundred people come in each hour of the day there, from 6:00 to 21:00. */
export function crowdOf(venue: Venue, hour: number): number {
  const commuting = [4, 12, 14, 8, 4, 4, 5, 4, 4, 4, 6, 12, 11, 5, 2, 1];
  const leisure = [0, 0, 1, 4, 8, 10, 9, 8, 9, 10, 10, 9, 9, 8, 4, 1];
  const even = [3, 8, 10, 8, 7, 6, 6, 5, 6, 6, 6, 8, 8, 6, 4, 3];
  const curve =
    venue === 'transit' || venue === 'workplace' ? commuting : venue === 'mall' ? leisure : even;
  return curve[hour - 6] ?? 0;
}
