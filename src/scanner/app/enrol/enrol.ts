import { CompactSign, calculateJwkThumbprint } from 'jose';
import { toBase64url } from '../../../core/base64url.ts';
import { utf8 } from '../../../core/bytes.ts';
import { sixDigits } from '../../../core/enrol/fingerprint.ts';
import { readPinHash } from '../../../core/enrol/pin.ts';
import { isObject, type JsonObject, readJson } from '../../../core/json.ts';
import { err, ok, type Result } from '../../../core/result.ts';
import { type Venue, venues } from '../../../core/trust/venue-rule.ts';
import { type EpochMillis, toSeconds } from '../../../core/units.ts';
import type { Remote, RemoteAnswer } from '../../../ports/remote.ts';
import type { RandomBytes } from '../../../ports/world.ts';
import type { DeviceStore, Enrolment, Gate } from '../stores.ts';

/** What the hub says of a code it does not take: its problem codes (RFC 9457). */
const codeProblems = ['code-unknown', 'code-used', 'code-expired'] as const;

/** Why there is no enrolment: no network, one without the hub at its end, a login page, a hub in trouble or unwilling, a bad code. */
export type EnrolRefusal =
  | 'offline'
  | 'no-answer'
  | 'not-the-hub'
  | 'server'
  | 'refused'
  | (typeof codeProblems)[number];

export interface EnrolNeeds {
  readonly remote: Remote;
  readonly device: Pick<DeviceStore, 'createKey' | 'setEnrolment'>;
  readonly random: RandomBytes;
}

/** Enrols at the demo gate of a hub that runs on demo keys: asks for a code, then uses it. */
export async function enrolDemo(
  parts: EnrolNeeds,
  now: EpochMillis,
): Promise<Result<Enrolment, EnrolRefusal>> {
  const { remote } = parts;
  const reply = readReply(await remote.post('/demo/enrolment-code', '{}'), remote.online());
  if (!reply.ok) return reply;
  const code = reply.value['code'];
  return typeof code === 'string' ? enrolWithCode(parts, code, now, false) : err('refused');
}

/**
 * Enrols with a one-use code (protocol 4): makes the device key, proves possession of it with a
 * `kakou-enrol+jwt`, and keeps what the hub answers. No identity is stored unless it all worked; the
 * key stays until then, by which a hub that has used the code already answers the same again.
 * `compares`: its six digits are still to be compared with the hub's.
 */
export async function enrolWithCode(
  { remote, device, random }: EnrolNeeds,
  code: string,
  now: EpochMillis,
  compares: boolean,
): Promise<Result<Enrolment, EnrolRefusal>> {
  const { privateKey, publicJwk } = await device.createKey();
  const claims = { code, jwk: publicJwk, iat: toSeconds(now), nonce: toBase64url(random(12)) };
  const kid = await calculateJwkThumbprint(publicJwk);
  const proof = await new CompactSign(utf8(JSON.stringify(claims)))
    .setProtectedHeader({
      alg: 'ES256',
      kid,
      typ: 'kakou-enrol+jwt',
    })
    .sign(privateKey);
  const reply = readReply(
    await remote.post('/v1/devices', proof, { contentType: 'application/jose' }),
    remote.online(),
  );
  if (!reply.ok) return reply;
  const id = reply.value['device'];
  const gate = readGate(reply.value['gate']);
  if (typeof id !== 'string' || id === '' || !gate) return err('refused');
  const pin = readPinHash(reply.value['supervisor']);
  const enrolment = {
    ...{ device: id, gate, privateKey, publicJwk, enrolledAt: now },
    ...(compares && { unconfirmed: sixDigits(kid) }),
    ...(pin && { pin }),
  };
  await device.setEnrolment(enrolment);
  return ok(enrolment);
}

function readReply(answer: RemoteAnswer, online: boolean): Result<JsonObject, EnrolRefusal> {
  if (answer.kind === 'offline') {
    if (!online) return err('offline');
    return err(answer.elsewhere ? 'not-the-hub' : 'no-answer');
  }
  const { status } = answer;
  const reply = readJson(answer.body);
  const isDone = status === 200 || status === 201;
  if (isDone) return reply ? ok(reply) : err('not-the-hub');
  const code = codeProblems.find((problem) => problem === reply?.['code']);
  return err(code ?? (status === 429 || status >= 500 ? 'server' : 'refused'));
}

function readGate(value: unknown): Gate | undefined {
  if (!isObject(value)) return undefined;
  const { id, name, venue, region } = value as { [member: string]: unknown };
  if (typeof id !== 'string' || typeof name !== 'string') return undefined;
  if (!venues.includes(venue as Venue)) return undefined;
  return { id, name, venue: venue as Venue, ...(typeof region === 'string' && { region }) };
}
