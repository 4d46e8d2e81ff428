import { createHash } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { parseCompactJws } from '../../../core/jws.ts';
import type { Queries, Statement } from '../../../node/database.ts';

/** An upload as its device signed it: what proves later whose word the entries are. */
export interface KeptBatch {
  readonly first: number;
  readonly last: number;
  readonly sha256: string;
  /** The whole `kakou-batch+jwt`; undefined when what is kept is none. */
  readonly jws?: string;
}

/** An upload cannot be longer: `routes/scans.ts`. */
const maxBytes = 4 * 1024 * 1024;

/**
 * Header, signature and payload, the last as plain text: 72 bytes an entry in a batch of 200, 150 in
 * one of 5. Level 1 costs a tenth of level 6 and 2 % more.
 */
function pack(jws: string): Buffer {
  const [header = '', payload = '', signature = ''] = jws.split('.');
  const text = Buffer.concat([
    Buffer.from(`${header}.${signature}.`),
    Buffer.from(payload, 'base64url'),
  ]);
  return deflateRawSync(text, { level: 1, ...roomFor(text.length) });
}

/** What zlib takes at its start, a quarter of a megabyte, costs more than packing a small one. */
const roomFor = (bytes: number) =>
  bytes <= 8192 ? { windowBits: 13, memLevel: 5, chunkSize: 4096 } : { chunkSize: 32 * 1024 };

function unpack(packed: Uint8Array): string | undefined {
  try {
    const text = inflateRawSync(packed, { maxOutputLength: maxBytes });
    const header = text.subarray(0, text.indexOf('.')).toString();
    const rest = text.subarray(header.length + 1);
    const signature = rest.subarray(0, rest.indexOf('.')).toString();
    const payload = rest.subarray(signature.length + 1).toString('base64url');
    return `${header}.${payload}.${signature}`;
  } catch {
    return undefined;
  }
}

/** Keeps what the device signed; the same upload again is kept once. */
export function batchStatement(
  device: string,
  batch: { readonly first: number; readonly last: number; readonly jws: string },
  when = 'true',
): Statement {
  const sha256 = createHash('sha256').update(batch.jws).digest('hex');
  return {
    text: `insert into batches (device, first_seq, last_seq, sha256, jws)
     select $1, $2::bigint, $3::bigint, $4, $5::bytea where ${when} on conflict do nothing`,
    params: [device, batch.first, batch.last, sha256, pack(batch.jws)],
  };
}

/** Every batch that reaches into seqs `from` to `to`. */
export async function readBatches(
  sql: Queries,
  device: string,
  from: number,
  to: number,
): Promise<KeptBatch[]> {
  const rows = await sql.query<{
    first_seq: number;
    last_seq: number;
    sha256: string;
    jws: Uint8Array;
  }>(
    `select first_seq, last_seq, sha256, jws from batches
     where device = $1 and last_seq >= $2 and first_seq <= $3 order by last_seq, sha256`,
    [device, from, to],
  );
  return rows.map(({ first_seq: first, last_seq: last, sha256, jws: packed }) => {
    const jws = unpack(packed);
    return { first, last, sha256, ...(jws !== undefined && { jws }) };
  });
}

/**
 * Drops the batches that hold anything up to `seq`, which is to be forgotten. Returns the last seq
 * any of them reached: what stays of it has no signature any more.
 */
export async function forgetBatches(tx: Queries, device: string, seq: number): Promise<number> {
  const [row] = await tx.query<{ last: number | null }>(
    'select max(last_seq) as last from batches where device = $1 and first_seq <= $2',
    [device, seq],
  );
  await tx.query('delete from batches where device = $1 and first_seq <= $2', [device, seq]);
  return row?.last ?? 0;
}

export const removeBatch = (
  tx: Queries,
  device: string,
  { last, sha256 }: Pick<KeptBatch, 'last' | 'sha256'>,
): Promise<unknown[]> =>
  tx.query('delete from batches where device = $1 and last_seq = $2 and sha256 = $3', [
    device,
    last,
    sha256,
  ]);

/** The entries of a kept batch, whoever signed it. */
export function signedEntries(jws: string | undefined): readonly { readonly seq: number }[] {
  const payload = (jws && parseCompactJws(jws)?.payload) || undefined;
  const entries = payload?.['entries'];
  return Array.isArray(entries) ? entries : [];
}
