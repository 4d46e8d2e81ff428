import {
  type GateSettings,
  readGateSettings,
  readToldPlace,
} from '../../../core/enrol/gate-settings.ts';
import { type PinHash, readPinHash } from '../../../core/enrol/pin.ts';
import type { SignedSettings } from '../../../core/enrol/signed-settings.ts';
import { parseCanonical } from '../../../core/json.ts';
import type { EpochSeconds } from '../../../core/units.ts';
import type { Queries } from '../../../node/database.ts';

interface Row {
  readonly settings: string;
  readonly pin: string | null;
  readonly settings_iat: number | null;
}

/** What is to be set; what is left out stays as it is. `pin: null`: none from the desk any more. */
export interface SettingsChange {
  readonly settings?: GateSettings;
  readonly pin?: PinHash | null;
}

/** What of it was another than before. */
export interface SettingsChanged {
  readonly settings: boolean;
  readonly pin: boolean;
}

const settingsText = (settings: GateSettings): string => {
  const { rapid, passBackS, language, kiosk } = settings;
  return JSON.stringify({ rapid, passBackS, language, kiosk });
};

interface Compared extends SettingsChanged {
  readonly to: Pick<Row, 'settings' | 'pin'>;
}

async function compare(tx: Queries, gate: string, change: SettingsChange): Promise<Compared> {
  const [before] = await tx.query<Row>(
    'select settings, pin, settings_iat from gates where id = $1 for update',
    [gate],
  );
  const kept = before ?? { settings: '{}', pin: null };
  const { settings, pin } = change;
  const to = {
    settings: settings === undefined ? kept.settings : settingsText(settings),
    pin: pin === undefined ? kept.pin : pin && JSON.stringify(pin),
  };
  return { to, settings: to.settings !== kept.settings, pin: to.pin !== kept.pin };
}

/** What of a gate's settings would become another; of a gate that is not there yet, what is set. */
export async function whatChanges(
  tx: Queries,
  gate: string,
  change: SettingsChange,
): Promise<SettingsChanged> {
  const { settings, pin } = await compare(tx, gate, change);
  return { settings, pin };
}

/**
 * Keeps them at a gate that is there. Every change is later than the one before, whatever the clock
 * says: phones never take an older one.
 */
export async function keepSettings(
  tx: Queries,
  gate: string,
  change: SettingsChange,
  now: EpochSeconds,
): Promise<SettingsChanged> {
  const { to, settings, pin } = await compare(tx, gate, change);
  if (settings || pin)
    await tx.query(
      `update gates set settings = $2, pin = $3,
         settings_iat = greatest(coalesce(settings_iat, 0) + 1, $4) where id = $1`,
      [gate, to.settings, to.pin, now],
    );
  return { settings, pin };
}

/** What the phones of a gate are told; undefined where nothing was ever set. */
export async function settingsOf(sql: Queries, gate: string): Promise<SignedSettings | undefined> {
  const [row] = await sql.query<Row & PlaceRow>(
    `select g.settings, g.pin, g.settings_iat, g.direction, g.zone, s.zones
     from gates g left join sites s on s.id = g.site where g.id = $1`,
    [gate],
  );
  if (!row || row.settings_iat === null) return undefined;
  const supervisor = row.pin === null ? undefined : readPinHash(parseCanonical(row.pin));
  return {
    ...{ gate, iat: row.settings_iat },
    ...readGateSettings(parseCanonical(row.settings)),
    ...readToldPlace(placeIn(row)),
    ...(supervisor && { supervisor }),
  };
}

interface PlaceRow {
  readonly direction: string;
  readonly zone: string | null;
  /** Of its site; JSON. */
  readonly zones: string | null;
}

/** Which way it goes and where it leads; a place its site does not know any more is none. */
function placeIn({ direction, zone, zones }: PlaceRow) {
  const known: unknown = zones === null ? [] : parseCanonical(zones);
  const told = (Array.isArray(known) ? known : []).find(({ id }) => id === zone);
  return { ...(direction !== 'in' && { direction }), ...(zone !== null && told && { zone: told }) };
}
