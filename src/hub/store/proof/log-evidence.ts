import { utf8 } from '../../../core/bytes.ts';
import type { PublicJwk } from '../../../core/jwk.ts';
import { openBatch } from '../../../core/log/batch.ts';
import { type DeviceRecord, openDeviceRecord } from '../../../core/log/device-record.ts';
import { openReceipt, parseReceipt, type Receipt } from '../../../core/log/receipt.ts';
import { peekSignedFile } from '../../../core/trust/signed-file.ts';
import { batchTools } from '../../../node/crypto/batch-tools.ts';
import { verifierOf } from '../../../node/crypto/es256.ts';
import type { Queries } from '../../../node/database.ts';
import { readBatches } from './batches.ts';

/** An entry as its device signed it. `isBad`: the hub must have put it into quarantine. */
export interface SignedEntry {
  readonly text: string;
  readonly isBad: boolean;
}

export interface Evidence {
  /** By seq, every entry that the device signed there. */
  readonly signed: ReadonlyMap<number, readonly SignedEntry[]>;
  /** First seqs of kept batches that the device did not sign, or that say they are others. */
  readonly forged: readonly number[];
}

/** What the device's kept batches prove about seqs `from` to `to`. */
export async function readEvidence(
  sql: Queries,
  device: { readonly id: string; readonly jwk: PublicJwk },
  range: { readonly from: number; readonly to: number },
): Promise<Evidence> {
  const signed = new Map<number, SignedEntry[]>();
  const forged: number[] = [];
  const key = verifierOf(device.jwk);
  const keyOf = (id: string) => (id === device.id ? key : undefined);
  for (const { first, last, jws } of await readBatches(sql, device.id, range.from, range.to)) {
    const opened = await openBatch(jws ?? '', keyOf, batchTools);
    const entries = opened.ok ? opened.value.entries : [];
    if (entries[0]?.seq !== first || entries.at(-1)?.seq !== last) {
      forged.push(first);
      continue;
    }
    for (const { seq, text, problem } of entries) {
      if (seq < range.from || seq > range.to) continue;
      const there = signed.get(seq) ?? [];
      if (!there.some((one) => one.text === text)) there.push({ text, isBad: !!problem });
      signed.set(seq, there);
    }
  }
  return { signed, forged };
}

/** A receipt, `'bad'` when it is not the hub's or about another device; without keys only read. */
export async function readReceipt(
  text: string | null,
  device: string,
  keys: readonly PublicJwk[] | undefined,
): Promise<Receipt | 'bad' | undefined> {
  if (!text) return undefined;
  const file = utf8(text);
  const opened = keys ? await openReceipt(file, keys) : parseReceipt(peek(file));
  return opened.ok && opened.value.device === device ? opened.value : 'bad';
}

/** The hub's word on a device, `'bad'` when it is not the hub's or about another one. */
export async function readRecord(
  text: string | null,
  device: string,
  keys: readonly PublicJwk[],
): Promise<DeviceRecord | 'bad' | undefined> {
  if (!text) return undefined;
  const opened = await openDeviceRecord(utf8(text), keys);
  return opened.ok && opened.value.device === device ? opened.value : 'bad';
}

function peek(file: Uint8Array): unknown {
  const peeked = peekSignedFile(file, file.length);
  return peeked.ok ? peeked.value : undefined;
}
