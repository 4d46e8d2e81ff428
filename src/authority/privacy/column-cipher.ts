import { createCipheriv, createDecipheriv, createHmac } from 'node:crypto';
import { concat, fromUtf8, utf8 } from '../../core/bytes.ts';
import type { DocumentId } from '../../core/health/documents.ts';
import type { Bytes } from '../../core/units.ts';
import type { Secrets } from './secrets.ts';

/** Where an encrypted text stands: moved to another row or column it does not open. */
export interface Cell {
  readonly table: string;
  readonly column: string;
  readonly row: string;
}

/** Encrypts columns and finds people, by keys the database does not have. */
export interface ColumnCipher {
  /** The key that encrypts now: `key_id` of the rows it wrote. */
  readonly keyId: number;
  seal(text: string, cell: Cell): Bytes;
  /** Throws where the key is gone or the bytes are not what was sealed for this cell. */
  open(sealed: Uint8Array, cell: Cell): string;
  /** HMAC-SHA-256(pepper, type ‖ 0 ‖ number), hex: one person, one value. */
  subjectOf(document: DocumentId): string;
}

const version = 1;
const ivBytes = 12;
const tagBytes = 16;
const headBytes = 3;

/**
 * AES-256-GCM, `version ‖ key id ‖ IV ‖ text ‖ tag`, the cell as additional data. Each cell has a key of
 * its own (HMAC-SHA-256 of the cell under the versioned key), so that random IVs of 96 bits never come
 * near the 2³² texts one key is good for (NIST SP 800-38D section 8.3).
 */
export function columnCipher(
  { pepper, keys }: Secrets,
  random: (length: number) => Bytes,
): ColumnCipher {
  const current = keys.at(-1);
  if (!current) throw new Error('secrets without a key');
  const byId = new Map(keys.map(({ id, key }) => [id, key]));
  const cellKey = (key: Bytes, aad: Bytes) => createHmac('sha256', key).update(aad).digest();
  return {
    keyId: current.id,
    seal(text, cell) {
      const head = Uint8Array.of(version, current.id >> 8, current.id & 255);
      const aad = concat(head, additional(cell));
      const iv = random(ivBytes);
      const cipher = createCipheriv('aes-256-gcm', cellKey(current.key, aad), iv).setAAD(aad);
      const sealed = [cipher.update(utf8(text)), cipher.final()];
      return concat(head, iv, ...sealed, cipher.getAuthTag());
    },
    open(sealed, cell) {
      const [made, high = 0, low = 0] = sealed;
      const key = byId.get(high * 256 + low);
      if (made !== version || !key || sealed.length < headBytes + ivBytes + tagBytes)
        throw new Error('no key opens this column');
      const aad = concat(sealed.subarray(0, headBytes), additional(cell));
      const iv = sealed.subarray(headBytes, headBytes + ivBytes);
      const decipher = createDecipheriv('aes-256-gcm', cellKey(key, aad), iv).setAAD(aad);
      decipher.setAuthTag(sealed.subarray(sealed.length - tagBytes));
      const body = sealed.subarray(headBytes + ivBytes, sealed.length - tagBytes);
      return fromUtf8(concat(decipher.update(body), decipher.final())) ?? '';
    },
    subjectOf: ({ type, number }) =>
      createHmac('sha256', pepper).update(`${type}\0${number}`).digest('hex'),
  };
}

const additional = ({ table, column, row }: Cell): Bytes => utf8([table, column, row].join('\0'));
