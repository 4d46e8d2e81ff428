import { Hono } from 'hono';
import { calculateJwkThumbprint } from 'jose';
import { toBase64url } from '../../core/base64url.ts';
import { sha256Hex } from '../../core/bytes.ts';
import { sixDigits, spaced } from '../../core/enrol/fingerprint.ts';
import { readText } from '../../node/http/body.ts';
import { bodyOf } from '../../node/http/body-source.ts';
import { openEnrolment } from '../enrolment.ts';
import { limitByAddress } from '../http/limit-by-address.ts';
import { bodyProblem, problem } from '../http/problem.ts';
import type { Hub } from '../hub.ts';
import { enrolDevice } from '../store/devices.ts';

const maxBytes = 4096;

/** `POST /v1/devices`, a `kakou-enrol+jwt` → `{device, gate}`: protocol 4. */
export function deviceRoutes(hub: Hub): Hono {
  const { authority, sql, clock, random, log, metrics } = hub;
  return new Hono().post('/devices', limitByAddress(hub, 'devices'), async (context) => {
    const text = await readText(bodyOf(context), maxBytes, hub.bodies);
    if (!text.ok) return bodyProblem(context, text.error);
    const enrolment = await openEnrolment(text.value);
    if (!enrolment.ok) return problem(context, enrolment.error);
    const { code, jwk } = enrolment.value;
    const now = clock.wall();
    const codeSha256 = await sha256Hex(code);
    const fresh = toBase64url(random(16));
    const sign = authority.signDevice;
    const enrolled = await enrolDevice(sql, { codeSha256, device: fresh, jwk, now, sign });
    if (typeof enrolled === 'string') return problem(context, enrolled);
    const { device, gate, again, pin } = enrolled;
    // the other of the two screens that are compared: protocol 4
    const digits = spaced(sixDigits(await calculateJwkThumbprint(jwk)));
    hub.tell?.(`enrolled at ${gate.id}: six digits ${digits}`);
    if (!again) {
      metrics.count('kakou_devices_enrolled_total');
      log.info({ gate: gate.id, digits }, 'device enrolled');
    }
    const answer = { device, gate, ...(pin && { supervisor: pin }) };
    return context.json(answer, 201, { 'cache-control': 'no-store' });
  });
}
