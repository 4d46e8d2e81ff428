import { Hono } from 'hono';
import { maxStatus, openStatus } from '../../core/enrol/device-status.ts';
import { importPublicKey } from '../../core/suite.ts';
import { readText } from '../../node/http/body.ts';
import { bodyOf } from '../../node/http/body-source.ts';
import { tokenBuckets } from '../../node/http/token-buckets.ts';
import { limitByAddress } from '../http/limit-by-address.ts';
import { bodyProblem, problem, tooMany } from '../http/problem.ts';
import { defaultRates } from '../http/rate-limit.ts';
import type { Hub } from '../hub.ts';
import { conflictsToTell } from '../store/console/conflicts.ts';
import { type Device, findDevice } from '../store/devices.ts';
import { keepStatus } from '../store/places/device-status.ts';
import { settingsOf } from '../store/places/gate-settings.ts';
import { gatesOfSite, siteOf } from '../store/places/sightings.ts';
import { countAt } from '../store/places/zone-count.ts';

/**
 * `POST /v1/status`, a `kakou-status+jwt` → `{trusted, settings?, zone?, group?, twice?}`: protocol 7.1, 12, 13. Settings hold the hash
 * of a PIN: they are for phones of the gate that count, and for nobody else.
 */
export function statusRoutes(hub: Hub): Hono {
  const { sql, clock, authority, metrics } = hub;
  const take = tokenBuckets(hub.rates?.status ?? defaultRates.status, clock.monotonic);
  return new Hono().post('/status', limitByAddress(hub, 'statuses'), async (context) => {
    const text = await readText(bodyOf(context), maxStatus, hub.bodies);
    if (!text.ok) return bodyProblem(context, text.error);
    let sender: Device | undefined;
    const opened = await openStatus(text.value, async (id) => {
      sender = await findDevice(sql, id);
      return sender && importPublicKey(sender.jwk);
    });
    if (!opened.ok || !sender) return problem(context, opened.ok ? 'internal' : opened.error);
    const { device, facts } = opened.value;
    const waitS = take(device);
    if (waitS > 0) {
      metrics.count('kakou_limited_total', { what: 'status' });
      return tooMany(context, waitS);
    }
    await keepStatus(sql, device, facts, clock.wall());
    const trusted = sender.revokedAt === undefined;
    const kept = trusted ? await settingsOf(sql, sender.gate.id) : undefined;
    const isNewer = kept !== undefined && kept.iat > (facts.settings ?? 0);
    const settings = isNewer ? await authority.signSettings(kept) : undefined;
    // no number is dated by a clock in doubt
    const isSure = trusted && !hub.signing?.doubt();
    const now = clock.wall();
    const count = isSure ? await countAt(sql, device, sender.gate.id, now, facts.ahead) : undefined;
    const zone = count && (await authority.signZone(count));
    const said = {
      trusted,
      ...(settings !== undefined && { settings }),
      ...(zone && { zone }),
      ...(await groupOf(hub, device)),
    };
    return context.json(said, 200, { 'cache-control': 'no-store' });
  });
}

/** Of a phone at a gate of a site: that site, its gates by name, and the codes shown twice. */
async function groupOf({ sql, clock }: Hub, device: string) {
  const who = await siteOf(sql, device);
  if (!who) return {};
  const [gates, twice] = await Promise.all([
    gatesOfSite(sql, who.site),
    conflictsToTell(sql, device, who.site, clock.wall()),
  ]);
  return { group: { site: who.site, gates }, twice };
}
