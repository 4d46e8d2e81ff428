import { CompactSign, calculateJwkThumbprint } from 'jose';
import { toBase64url } from '../../core/base64url.ts';
import { utf8 } from '../../core/bytes.ts';
import type { AskHub, DemoPhone, MakeCity } from '../../core/console/demo-data.ts';
import { buildBatch } from '../../core/log/batch.ts';
import { appendEntry } from '../../core/log/chain.ts';
import { emptyHead, type LogEntry } from '../../core/log/entry.ts';
import { type EpochMillis, toSeconds } from '../../core/units.ts';
import { cityGates, citySites } from './places.ts';
import { logOf, type Written } from './shifts.ts';

const perBatch = 200;

/** A made-up city, for a demo hub: its phones sign and upload as real ones do. */
export const makeCity: MakeCity = ({ seed, now, offset }) => ({
  sites: citySites,
  gates: cityGates.map(({ people: _, ...gate }) => gate),
  phones: cityGates.map((gate): DemoPhone => {
    const log = logOf(gate, { seed, now, offset });
    return {
      ...{ gate: gate.id, entries: log.length },
      play: (code, ask, uploaded) => play({ gate: gate.id, log, now }, code, ask, uploaded),
    };
  }),
});

interface Role {
  readonly gate: string;
  readonly log: readonly Written[];
  readonly now: EpochMillis;
}

async function play(
  { gate, log, now }: Role,
  code: string,
  ask: AskHub,
  uploaded: (entries: number) => void,
): Promise<void> {
  const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, [
    'sign',
    'verify',
  ]);
  const iat = toSeconds(now);
  const device = await enrol(pair, { code, iat, nonce: fresh() }, ask);
  let head = emptyHead;
  let batch: LogEntry[] = [];
  const send = async (): Promise<void> => {
    const [first, ...rest] = batch;
    if (!first) return;
    const ids = { device, batch: fresh(), nonce: fresh(), iat };
    const signed = await buildBatch({ ...ids, entries: [first, ...rest] }, pair.privateKey);
    await ask('/v1/scans', signed);
    uploaded(batch.length);
    batch = [];
  };
  for (const { at, shift, body } of log) {
    const draft = { device, shift, at, quality: 'synced', gate, app: 'demo', body } as const;
    const entry = await appendEntry(head, draft);
    head = { seq: entry.seq, hash: entry.hash };
    batch.push(entry);
    if (batch.length === perBatch) await send();
  }
  await send();
}

/** Id of the device that the hub makes of the key: protocol 4. */
async function enrol(pair: Pair, claims: object, ask: AskHub): Promise<string> {
  const { x = '', y = '' } = await crypto.subtle.exportKey('jwk', pair.publicKey);
  const jwk = { kty: 'EC', crv: 'P-256', x, y };
  const proof = await new CompactSign(utf8(JSON.stringify({ ...claims, jwk })))
    .setProtectedHeader({
      ...{ alg: 'ES256', typ: 'kakou-enrol+jwt' },
      kid: await calculateJwkThumbprint(jwk),
    })
    .sign(pair.privateKey);
  const { device } = (await ask('/v1/devices', proof)) as { readonly device: string };
  return device;
}

type Key = Parameters<typeof buildBatch>[1];
interface Pair {
  readonly publicKey: Key;
  readonly privateKey: Key;
}

const fresh = (): string => toBase64url(crypto.getRandomValues(new Uint8Array(12)));
