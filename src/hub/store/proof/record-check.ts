import { calculateJwkThumbprint } from 'jose';
import { utf8 } from '../../../core/bytes.ts';
import type { PublicJwk } from '../../../core/jwk.ts';
import type { LogHead } from '../../../core/log/entry.ts';
import { peekSignedFile } from '../../../core/trust/signed-file.ts';
import type { ListedDevice } from '../devices.ts';
import { readRecord } from './log-evidence.ts';
import type { Finding } from './log-finding.ts';

export interface RecordCheck {
  readonly findings: readonly Finding[];
  /** Entries up to this seq may lack a signature. */
  readonly unsigned: number;
  /** There is none, and there need be none yet. */
  readonly isAbsent: boolean;
}

/** Holds a device's row, and what of its log is called forgotten, to the hub's signed word on it. */
export async function checkRecord(
  device: ListedDevice,
  forgotten: LogHead,
  since: number | undefined,
  keys: readonly PublicJwk[] | undefined,
): Promise<RecordCheck> {
  const text = device.record ?? null;
  if (text === null) {
    const findings = since === undefined ? [] : [{ at: 0, problem: 'record' } as const];
    return { findings, unsigned: Number.MAX_SAFE_INTEGER, isAbsent: since === undefined };
  }
  if (!keys) return { findings: [], unsigned: claimed(text), isAbsent: false };
  const record = await readRecord(text, device.id, keys);
  if (typeof record !== 'object') {
    return { findings: [{ at: 0, problem: 'record' }], unsigned: claimed(text), isAbsent: false };
  }
  const findings: Finding[] = [];
  const { jwk, gate, enrolledAt } = device;
  if ((await calculateJwkThumbprint(jwk)) !== record.jkt) findings.push({ at: 0, problem: 'key' });
  if (gate.id !== record.gate) findings.push({ at: 0, problem: 'gate' });
  if (enrolledAt !== record.enrolledAt) findings.push({ at: 0, problem: 'row' });
  const { seq, hash } = record.forgotten;
  if (forgotten.seq !== seq || forgotten.hash !== hash)
    findings.push({ at: Math.min(seq, forgotten.seq) + 1, problem: 'front' });
  return { findings, unsigned: record.unsigned, isAbsent: false };
}

/** What an unchecked record says: only to tell old entries apart while there are no keys. */
function claimed(text: string): number {
  const file = utf8(text);
  const peeked = peekSignedFile(file, file.length);
  const said = peeked.ok ? (peeked.value as { unsigned?: unknown } | null)?.unsigned : undefined;
  return typeof said === 'number' ? said : 0;
}
