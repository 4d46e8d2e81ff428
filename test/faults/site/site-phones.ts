import { toBase64url } from '../../../src/core/base64url.ts';
import { sha256Hex, toHex } from '../../../src/core/bytes.ts';
import { derivePin } from '../../../src/core/enrol/pin.ts';
import { epochMillis } from '../../../src/core/units.ts';
import { addCode } from '../../../src/hub/store/devices.ts';
import type { Sql } from '../../../src/node/database.ts';
import { withPin } from '../../../src/scanner/app/supervisor/pin-record.ts';
import type { Dice } from '../dice.ts';
import { createFaultPhone, type FaultPhone } from '../fault-phone.ts';
import type { FaultCount } from '../fault-plan.ts';
import type { HubFarm } from '../hub-process.ts';
import { createSiteLine, type Line } from './site-line.ts';

/** How far the clock of the second gate is ahead of all others. */
const apartMs = 30_000;
/** Longer than on a phone: six of them share a busy machine here. */
const claimMs = 1500;
export const pin = '135790';
const site = 'garden';
const names = ['east', 'west', 'north'] as const;

export interface SitePhone {
  readonly phone: FaultPhone;
  readonly line: Line;
  readonly gate: string;
}

export interface SiteParts {
  readonly dice: Dice;
  readonly count: FaultCount;
  readonly hubs: HubFarm;
  /** The true time. */
  now(): number;
}

/** A phone at each of three gates for both ways of one site, which lead to one court; not yet enrolled. */
export function createSitePhones({ dice, count, hubs, now }: SiteParts): readonly SitePhone[] {
  return names.map((gate, i) => {
    const ownMs = i === 1 ? apartMs : 0;
    const origin = (path: string) =>
      hubs.origin(
        /^\/(v1\/(root|bundle|lists|deltas)|$)/.test(path) ? 0 : dice.whole(hubs.replicas),
      );
    let isOnline = () => true;
    const line = createSiteLine({
      ...{ dice, claimMs, origin, apartMs: ownMs },
      isOnline: () => isOnline(),
      struck: (kind) => count.done(kind),
    });
    const phone = createFaultPhone({ origin, dice, count, line, now: () => now() + ownMs });
    isOnline = () => phone.network.isOnline;
    return { phone, line, gate };
  });
}

/** The site as a desk would have made it, its phones enrolled and with a PIN. */
export async function openSite(
  phones: readonly SitePhone[],
  { hubs, now, count }: SiteParts,
): Promise<void> {
  const codes = phones.map(() => toBase64url(crypto.getRandomValues(new Uint8Array(16))));
  await hubs.toDatabase(async (sql) => {
    const zones = JSON.stringify([{ id: 'court', name: 'Court' }]);
    await sql.query('insert into sites (id, name, zones) values ($1, $1, $2)', [site, zones]);
    for (const [i, { gate }] of phones.entries()) await addGate(sql, gate, codes[i] ?? '', now());
  });
  for (const [i, { phone, gate }] of phones.entries()) {
    const asked = { hub: hubs.origin(0), code: codes[i] ?? '', gate, venue: 'residential' };
    await phone.enrol(`kakou:enrol#${new URLSearchParams(asked)}`);
    const salt = new Uint8Array(16);
    const hash = { salt: toHex(salt), rounds: 1000, hash: await derivePin(pin, salt, 1000) };
    await phone.disk.device.changeSupervisor(() => withPin(undefined, hash));
    phone.close(); // read at the next start
  }
  count.done('gate-clocks-apart');
}

async function addGate(sql: Sql, id: string, code: string, now: number): Promise<void> {
  const gate = { id, name: `Gate ${id}`, venue: 'residential', region: 'CN-TJ' } as const;
  const expiresAt = epochMillis(now + 600_000);
  await addCode(sql, { sha256: await sha256Hex(code), gate, expiresAt }, epochMillis(now));
  await sql.query(
    `update gates set site = $2, direction = 'both', zone = 'court', settings_iat = 1 where id = $1`,
    [id, site],
  );
}
