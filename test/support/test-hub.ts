import type { Hono } from 'hono';
import { CompactSign, calculateJwkThumbprint } from 'jose';
import pino from 'pino';
import { buildBatch } from '../../src/core/log/batch.ts';
import type { LogEntry } from '../../src/core/log/entry.ts';
import { openReceipt, type Receipt } from '../../src/core/log/receipt.ts';
import { parseBundle } from '../../src/core/trust/bundle.ts';
import { peekSignedFile } from '../../src/core/trust/signed-file.ts';
import { epochSeconds, toSeconds } from '../../src/core/units.ts';
import { demoAuthority } from '../../src/demo/demo-authority.ts';
import { createHub, type HubOptions } from '../../src/hub/app.ts';
import type { EntryResult } from '../../src/hub/store/log-intake.ts';
import type { Sql } from '../../src/node/database.ts';
import { type FakeClock, fakeClock } from './fakes/fake-clock.ts';
import { type TestKey, testKey } from './log-entries.ts';

export interface TestHub {
  readonly app: Hono;
  readonly sql: Sql;
  readonly clock: FakeClock;
  /** Every line logged so far. */
  readonly lines: string[];
}

/** A hub on the demo authority, with a clock to move and its log kept. */
export async function testHub(
  sql: Sql,
  { clock = fakeClock(), ...options }: Partial<HubOptions> & { clock?: FakeClock } = {},
): Promise<TestHub> {
  const lines: string[] = [];
  const authority = await demoAuthority({ now: () => toSeconds(clock.wall()) });
  const random = (length: number) => crypto.getRandomValues(new Uint8Array(length));
  const log = pino({}, { write: (line: string) => lines.push(line) });
  const base = { authority, sql, clock, random, log, passwordCost: 12 };
  return { app: createHub({ ...base, ...options }), sql, clock, lines };
}

export const post = (hub: TestHub, path: string, body: BodyInit, headers: HeadersInit = {}) =>
  hub.app.request(path, { method: 'POST', body, headers, duplex: 'half' } as RequestInit);

export async function freshCode(hub: TestHub): Promise<string> {
  const answer = await post(hub, '/demo/enrolment-code', '');
  return ((await answer.json()) as { code: string }).code;
}

/** A proof of possession; `change` and `signer` make it a forged one. */
export async function enrolToken(
  code: string,
  key: TestKey,
  forge: { claims?: object; header?: object; signer?: TestKey } = {},
): Promise<string> {
  const claims = { code, jwk: key.jwk, iat: 1_646_121_600, nonce: 'bm9uY2U', ...forge.claims };
  const kid = await calculateJwkThumbprint(key.jwk);
  return new CompactSign(Buffer.from(JSON.stringify(claims)))
    .setProtectedHeader({ alg: 'ES256', kid, typ: 'kakou-enrol+jwt', ...forge.header })
    .sign((forge.signer ?? key).privateKey);
}

export interface TestDevice {
  readonly id: string;
  readonly key: TestKey;
}

export async function enrolled(hub: TestHub): Promise<TestDevice> {
  const key = await testKey();
  const answer = await post(hub, '/v1/devices', await enrolToken(await freshCode(hub), key));
  const { device } = (await answer.json()) as { device: string };
  return { id: device, key };
}

/** The batch a device would send. */
export function batchOf(device: TestDevice, entries: readonly LogEntry[]): Promise<string> {
  const [first, ...rest] = entries;
  if (!first) throw new Error('a batch has entries');
  const ids = { batch: 'YmF0Y2g', nonce: 'bm9uY2U', iat: epochSeconds(1_646_121_700) };
  return buildBatch(
    { device: device.id, entries: [first, ...rest], ...ids },
    device.key.privateKey,
  );
}

export interface UploadAnswer {
  readonly results: EntryResult[];
  readonly receipt: string;
  readonly trusted: boolean;
  readonly opened: Receipt;
}

/** Uploads and opens the receipt with the keys the bundle names. */
export async function upload(
  hub: TestHub,
  device: TestDevice,
  entries: readonly LogEntry[],
): Promise<UploadAnswer> {
  const answer = await post(hub, '/v1/scans', await batchOf(device, entries));
  const body = (await answer.json()) as UploadAnswer;
  const receipt = Buffer.from(body.receipt);
  const known = await openReceipt(receipt, receiptKeys.get(hub) ?? []);
  if (known.ok) return { ...body, opened: known.value };
  const keys = await namedKeys(hub);
  receiptKeys.set(hub, keys);
  const opened = await openReceipt(receipt, keys);
  if (!opened.ok) throw new Error(`receipt: ${opened.error}`);
  return { ...body, opened: opened.value };
}

type ReceiptKeys = Parameters<typeof openReceipt>[1];

/** As a phone keeps them: the bundle is read again when they do not do, and not at every upload. */
const receiptKeys = new WeakMap<TestHub, ReceiptKeys>();

async function namedKeys(hub: TestHub): Promise<ReceiptKeys> {
  const file = new Uint8Array(await (await hub.app.request('/v1/bundle')).arrayBuffer());
  const payload = peekSignedFile(file, file.length);
  const bundle = parseBundle(payload.ok ? payload.value : undefined);
  return bundle.ok ? bundle.value.hub.receiptKeys : [];
}
