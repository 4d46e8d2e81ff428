import * as v from 'valibot';
import type { GateSettings } from '../enrol/gate-settings.ts';
import { isPin } from '../enrol/pin.ts';
import { isGateId, isIssuerId, isSiteId } from '../ids.ts';
import { isClaimText } from '../pass/claim-text.ts';
import { directions } from '../trust/places.ts';
import { venues } from '../trust/venue-rule.ts';

export { directions };

/** What guards read: 1 to 120 characters, all of it to be seen. */
export const isPlaceName = (name: string): boolean =>
  name.length <= 120 && name.trim() !== '' && isClaimText(name, 480);

const name = v.pipe(v.string(), v.trim(), v.check(isPlaceName, 'name'));
const siteId = v.pipe(v.string(), v.check(isSiteId, 'site'));
const region = v.pipe(v.string(), v.check(isIssuerId, 'region'));
const district = v.pipe(
  v.string(),
  v.check((text) => isSiteId(text) && text.length <= 16, 'district'),
);

/** What an operator says of a gate: protocol 14. */
export const gateFacts = v.strictObject({
  id: v.pipe(v.string(), v.check(isGateId, 'id')),
  name,
  venue: v.picklist(venues, 'venue'),
  region: v.exactOptional(region),
  site: v.exactOptional(siteId),
  district: v.exactOptional(district),
  direction: v.picklist(directions, 'direction'),
  zone: v.exactOptional(siteId),
});
export type GateFacts = v.InferOutput<typeof gateFacts>;

/** A place whose people are counted, over all gates that name it. */
export const zoneFacts = v.strictObject({
  id: siteId,
  name,
  capacity: v.exactOptional(
    v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(9_999_999)),
  ),
});

/** Gates of one site know of each other. */
export const siteFacts = v.strictObject({
  id: siteId,
  name,
  region: v.exactOptional(region),
  district: v.exactOptional(district),
  zones: v.pipe(v.array(zoneFacts), v.maxLength(50)),
});
export type SiteFacts = v.InferOutput<typeof siteFacts>;

/** A site as it is kept. */
export type Site = SiteFacts & { readonly version: number };

/** The PIN of a gate's supervisors: another, none from the desk any more, or, left out, as it is. */
export const gatePin = v.nullable(v.pipe(v.string(), v.check(isPin)));

/** A gate as it is kept, and who stands there. */
export type PlacedGate = GateFacts & {
  readonly version: number;
  /** What its phones are told; absent where nothing is set. */
  readonly settings?: GateSettings;
  /** When that was set last, in seconds. */
  readonly settingsIat?: number;
  /** Its phones have the supervisors' PIN from the desk. */
  readonly hasPin?: true;
  readonly closedAt?: number;
  /** Phones there that are not revoked. */
  readonly devices: number;
  /** When the hub last heard of one of them. */
  readonly receivedAt?: number;
};

/** Columns of a table of gates, in the order of our own export; all but `gate`, `name`, `venue` may be left out. */
export const gateColumns = [
  'gate',
  'name',
  'venue',
  'region',
  'site',
  'district',
  'direction',
  'zone',
] as const;
/** The same of its settings: a column that is not there leaves them as they are, an empty cell unsets one. */
export const settingColumns = ['rapid', 'passback', 'language', 'kiosk'] as const;
export type GateColumn = (typeof gateColumns)[number] | (typeof settingColumns)[number];

/** What is wrong with a line of a table of gates. */
export interface LineProblem {
  readonly line: number;
  /** A column of it, `line` for all of it. */
  readonly what: GateColumn | 'line' | 'twice' | 'no-site';
}
/** What a table would do, line by line. */
export interface ImportPlan {
  readonly rows: readonly {
    readonly line: number;
    readonly gate: GateFacts;
    /** Of the columns of settings that the table has. */
    readonly settings?: GateSettings;
    readonly change: 'new' | 'changed' | 'same';
  }[];
  readonly problems: readonly LineProblem[];
}
