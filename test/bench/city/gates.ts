import { gzipSync } from 'node:zlib';
import { toBase64url } from '../../../src/core/base64url.ts';
import { buildStatus } from '../../../src/core/enrol/device-status.ts';
import { emptyHead, type LogHead } from '../../../src/core/log/entry.ts';
import { epochMillis, toSeconds } from '../../../src/core/units.ts';
import type { Sql } from '../../../src/node/database.ts';
import { chainedLog } from '../../support/chained-log.ts';
import { someScan, type TestKey, testKey } from '../../support/log-entries.ts';
import { batchOf } from '../../support/test-hub.ts';

/** A gate with its one phone: a key of its own, and how far its log has come. */
export interface MadeGate {
  readonly device: string;
  readonly gate: string;
  readonly key: TestKey;
  head: LogHead;
}

export async function makeGates(many: number): Promise<MadeGate[]> {
  const made: MadeGate[] = [];
  for (let i = 0; i < many; i++) {
    const device = toBase64url(crypto.getRandomValues(new Uint8Array(16)));
    made.push({ device, gate: `gate-${i}`, key: await testKey(), head: emptyHead });
  }
  return made;
}

/** Enrolled long ago, by a hub from before it signed for its devices: the next to start does. */
export async function insertGates(sql: Sql, gates: readonly MadeGate[]): Promise<void> {
  const now = Date.now();
  for (let from = 0; from < gates.length; from += 1000) {
    const some = gates.slice(from, from + 1000);
    const places = some.map(({ gate }) => ({
      id: gate,
      name: gate,
      venue: 'transit',
      region: 'CN-TJ',
    }));
    await sql.query(
      `insert into gates (id, name, venue, region, created_at)
       select id, id, 'transit', 'CN-TJ', $2 from unnest($1::text[]) as id`,
      [some.map(({ gate }) => gate), now],
    );
    await sql.query(
      `insert into devices (id, jwk, gate, gate_id, enrolled_at)
       select id, jwk, gate, gate_id, $5
       from unnest($1::text[], $2::text[], $3::text[], $4::text[]) as t(id, jwk, gate, gate_id)`,
      [
        some.map(({ device }) => device),
        some.map(({ key }) => JSON.stringify(key.jwk)),
        places.map((place) => JSON.stringify(place)),
        some.map(({ gate }) => gate),
        now,
      ],
    );
  }
}

/** The next so many scans of this gate, chained, signed and packed as its phone would send them. */
export async function nextUpload(to: MadeGate, entries: number): Promise<Buffer> {
  const bodies = Array.from({ length: entries }, () => ({
    ...someScan,
    jti: toBase64url(crypto.getRandomValues(new Uint8Array(12))),
  }));
  const { device, gate, head } = to;
  const from = Date.now() - entries * 1000;
  const log = await chainedLog(bodies, { device, gate, from, stepMs: 1000, head });
  const last = log.at(-1);
  if (last) to.head = { seq: last.seq, hash: last.hash };
  return gzipSync(await batchOf({ id: device, key: to.key }, log));
}

/** What this gate's phone tells of itself, signed now. */
export function nextStatus({ device, key, head }: MadeGate): Promise<string> {
  const facts = {
    ...{ app: '0.1.0', quality: 'synced', head: head.seq, unsent: 0, onShift: true },
    ...{ ahead: 480, battery: 80, charging: false, usedBytes: 2_000_000, quotaBytes: 2e9 },
  };
  const nonce = toBase64url(crypto.getRandomValues(new Uint8Array(12)));
  const iat = toSeconds(epochMillis(Date.now()));
  return buildStatus({ device, iat, nonce, facts }, key.privateKey);
}
