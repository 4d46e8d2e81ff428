import type { EpochMillis } from '../../src/core/units.ts';
import type { Area } from '../../src/hub/store/console/area.ts';
import { headCounts, heatMap, liveCounts } from '../../src/hub/store/console/counts.ts';
import {
  type After,
  type EntryFilter,
  searchEntries,
  streamEntries,
} from '../../src/hub/store/console/search.ts';
import { type AfterShift, pageShifts } from '../../src/hub/store/console/shift-pages.ts';
import { silentGates } from '../../src/hub/store/console/silent-gates.ts';
import type { Sql } from '../../src/node/database.ts';

type Query = (run: number) => Promise<unknown>;
const hour = 3_600_000;
const day = 24 * hour;
const limit = 50;

/** Every query of the console with the arguments a page gives; `run` varies whose they are. */
export function consoleQueries(
  sql: Sql,
  { from, to }: { readonly from: EpochMillis; readonly to: EpochMillis },
): [string, Query][] {
  const back = (ms: number) => Math.max(from, to - ms) as EpochMillis;
  const twenty = (run: number): Area =>
    Array.from({ length: 20 }, (_, i) => `gate-${1 + ((run * 7 + i * 9) % 200)}`);
  const areas: [string, (run: number) => Area][] = [
    ['all gates', () => undefined],
    ['20 gates', twenty],
    ['1 gate', (run) => [`gate-${1 + (run % 200)}`]],
  ];
  const search = (
    filter: (run: number, area: Area) => Omit<EntryFilter, 'area'>,
    areaOf: (run: number) => Area,
  ) =>
    (async (run) => {
      let after: After | undefined;
      const area = areaOf(run);
      for (let page = 0; page < 2; page++) {
        const found = await searchEntries(sql, { ...filter(run, area), area }, { limit, after });
        after = found.after;
        if (!after) break;
      }
    }) satisfies Query;
  const deviceIn = (area: Area, run: number) =>
    (area?.[run % area.length] ?? `gate-${1 + (run % 200)}`).replace('gate', 'device');
  const filters: [string, (run: number, area: Area) => Omit<EntryFilter, 'area'>][] = [
    ['newest', () => ({})],
    ['a day 30 back', () => ({ from: back(31 * day), to: back(30 * day) })],
    ['stop', () => ({ state: 'stop' })],
    ['temperature-high refused', () => ({ reason: 'temperature-high', outcome: 'refused' })],
    ['pass refused (none)', () => ({ from: back(7 * day), state: 'pass', outcome: 'refused' })],
    ['not recorded', () => ({ outcome: 'not-recorded' })],
    ['a reason nobody had', () => ({ from: back(7 * day), reason: 'zone-full' })],
    ['a pass id', (run) => ({ pass: { jti: ids[run % ids.length] ?? '', issuer: 'CN-TJ' } })],
    // a page leads to phones of the reader's gates
    ['a device', (run, area) => ({ device: deviceIn(area, run) })],
    ['a shift', (run, area) => ({ device: deviceIn(area, run), shift: 'shift-1' })],
  ];
  const ids: string[] = [];
  const found: [string, Query][] = areas.flatMap(([name, area]) => [
    [
      `live counts of a day, ${name}`,
      (run) => liveCounts(sql, { area: area(run), from: back(day), to }),
    ],
    [
      `head counts of a day, ${name}`,
      (run) => headCounts(sql, { area: area(run), from: back(day), to }),
    ],
    [
      `heat map of 28 days, ${name}`,
      (run) => heatMap(sql, { area: area(run), from: back(28 * day), to, offsetMinutes: 480 }),
    ],
    [`silent gates, ${name}`, (run) => silentGates(sql, { area: area(run), before: to })],
    [
      `two pages of shifts, ${name}`,
      async (run) => {
        let after: AfterShift | undefined;
        for (let page = 0; page < 2; page++)
          ({ after } = await pageShifts(sql, { area: area(run), limit: 25, after }));
      },
    ],
    ...filters.map(([what, filter]): [string, Query] => [
      `two pages: ${what}, ${name}`,
      search(filter, area),
    ]),
    [
      `1,000 of an export, ${name}`,
      async (run) => {
        for await (const _ of streamEntries(sql, { area: area(run), from: back(day), to })) break;
      },
    ],
  ]);
  return [
    [
      'pass ids to look for',
      async (run) => {
        if (run > 0) return;
        const some = await sql.query<{ jti: string }>(
          'select jti from scans where jti is not null limit 50',
        );
        ids.push(...some.map(({ jti }) => jti));
      },
    ],
    ...found,
  ];
}
