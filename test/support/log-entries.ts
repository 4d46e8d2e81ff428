import type { PublicJwk } from '../../src/core/jwk.ts';
import { appendEntry } from '../../src/core/log/chain.ts';
import {
  type EntryBody,
  emptyHead,
  type LogEntry,
  type LogHead,
} from '../../src/core/log/entry.ts';
import { hubColumns, type TableColumn } from '../../src/core/table/table.ts';
import { epochMillis } from '../../src/core/units.ts';

/** Each column of an exported table under its own name in brackets. */
export const headers = Object.fromEntries(
  hubColumns.map((column) => [column, `[${column}]`]),
) as Record<TableColumn, string>;

export const someScan: EntryBody = {
  type: 'scan',
  method: 'camera',
  state: 'pass',
  reason: 'admitted',
  kind: 'live',
  iss: 'CN-TJ',
  jti: 'AAECAwQFBgcICQoL',
  st: 'g',
  ageS: 4,
  bundle: 7,
  list: 3,
};

/** `count` entries that follow `head`, one second apart. */
export async function someEntries(
  count: number,
  device = 'device-1',
  head: LogHead = emptyHead,
  body: EntryBody = someScan,
  gate = 'demo-gate',
): Promise<LogEntry[]> {
  const entries: LogEntry[] = [];
  let last = head;
  for (let i = 0; i < count; i++) {
    const entry = await appendEntry(last, {
      device,
      shift: 'shift-1',
      at: epochMillis(1_646_121_600_000 + 1000 * last.seq),
      quality: 'synced',
      gate,
      app: '0.1.0',
      body,
    });
    entries.push(entry);
    last = { seq: entry.seq, hash: entry.hash };
  }
  return entries;
}

/** A shift of `count` entries from the start of the log: its start, then scans. */
export async function someShift(count: number, device = 'device-1'): Promise<LogEntry[]> {
  const start: EntryBody = { type: 'shift-start', operator: 'A1' };
  const [first] = await someEntries(1, device, emptyHead, start);
  if (!first) throw new Error('a shift has a start');
  const head = { seq: first.seq, hash: first.hash };
  return [first, ...(await someEntries(count - 1, device, head))];
}

export interface TestKey {
  readonly privateKey: CryptoKey;
  readonly publicKey: CryptoKey;
  readonly jwk: PublicJwk;
}

/** A fresh P-256 signing key. */
export async function testKey(): Promise<TestKey> {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256' };
  const pair = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const { x = '', y = '' } = await crypto.subtle.exportKey('jwk', pair.publicKey);
  return { ...pair, jwk: { kty: 'EC', crv: 'P-256', x, y } };
}
