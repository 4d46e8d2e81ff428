/** Log and receipts read anew, with nothing of the code under test: Node's own cryptography only. */
import { createHash, createPublicKey, type JsonWebKey, verify } from 'node:crypto';

export interface ReadEntry {
  readonly seq: number;
  readonly prev: string;
  readonly hash: string;
  readonly [member: string]: unknown;
}

/** RFC 8785 for what a log entry can hold: members sorted, all else as ECMAScript writes it. */
export function sortedJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(sortedJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([name, one]) => `${JSON.stringify(name)}:${sortedJson(one)}`).join(',')}}`;
}

/** Protocol 6: the seq of the first entry that does not follow the one before, 0 when all do. */
export function firstBreak(entries: readonly ReadEntry[]): number {
  let [seq, hash] = [0, '0'.repeat(64)];
  for (const { hash: said, ...hashed } of entries) {
    const own = createHash('sha256')
      .update(Buffer.from(hash, 'hex'))
      .update(sortedJson(hashed))
      .digest('hex');
    if (hashed.seq !== seq + 1 || hashed.prev !== hash || said !== own) return seq + 1;
    [seq, hash] = [seq + 1, said];
  }
  return 0;
}

export interface ReadReceipt {
  readonly device: string;
  readonly seq: number;
  readonly head: string;
}

/** What a receipt says, when the hub's key has signed it. */
export function readReceipt(text: string, key: JsonWebKey): ReadReceipt | undefined {
  try {
    const { payload, signatures } = JSON.parse(text);
    const [{ protected: header, signature }] = signatures;
    const read = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString());
    const isSigned = verify(
      'sha256',
      Buffer.from(`${header}.${payload}`),
      { key: createPublicKey({ key, format: 'jwk' }), dsaEncoding: 'ieee-p1363' },
      Buffer.from(signature, 'base64url'),
    );
    return isSigned && read(header).typ === 'kakou-receipt+jws' ? read(payload) : undefined;
  } catch {
    return undefined;
  }
}
