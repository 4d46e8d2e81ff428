import { toBase64url } from '../../src/core/base64url.ts';
import { sha256Hex } from '../../src/core/bytes.ts';
import { epochMillis } from '../../src/core/units.ts';
import { addCode } from '../../src/hub/store/devices.ts';
import type { OnePhone } from './on-shift.ts';
import { createWorld } from './world.ts';

let sites = 0;

/**
 * A phone on shift at each of these gates of one new site, all on the first one's hub; `[gate, ms]`: the
 * hub's time was so far ahead when this phone took it.
 */
export async function sitePhones(
  ...gates: readonly (string | readonly [gate: string, aheadMs: number])[]
): Promise<readonly OnePhone[]> {
  const site = `site-${Date.now().toString(36)}-${++sites}`;
  const phones: OnePhone[] = [];
  for (const asked of gates) {
    const [name, aheadMs] = typeof asked === 'string' ? [asked, 0] : asked;
    phones[0]?.world.hub.setAhead(aheadMs);
    phones.push(await phoneAt(site, name, phones[0]));
    phones[0]?.world.hub.setAhead(0);
  }
  return phones;
}

async function phoneAt(site: string, name: string, first?: OnePhone): Promise<OnePhone> {
  const world = await createWorld();
  const hub = first?.world.hub ?? world.hub;
  world.remote.handle(hub.handle);
  world.events.over(hub.request);
  const { sql } = hub;
  const gate = {
    id: `${site}-${name}`,
    name: `${name} gate`,
    venue: 'residential',
    region: 'CN-TJ',
  } as const;
  const now = world.hubClock.wall();
  const code = toBase64url(crypto.getRandomValues(new Uint8Array(16)));
  const expiresAt = epochMillis(now + 600_000);
  await addCode(sql, { sha256: await sha256Hex(code), gate, expiresAt }, now);
  await sql.query(
    `insert into sites (id, name, zones) values ($1, $1, '[]') on conflict do nothing`,
    [site],
  );
  await sql.query('update gates set site = $2 where id = $1', [gate.id, site]);
  const phone = await world.open();
  const asked = new URLSearchParams({ hub: 'http://localhost', code, gate: gate.id });
  await phone.actions.present(`kakou:enrol#${asked}&venue=residential`, 'wedge');
  await phone.actions.confirmEnrolment();
  await phone.actions.startShift('7');
  return { world, phone };
}
