import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import type { Page } from 'playwright-core';
import { maskName, maskNumber } from '../../src/core/health/masks.ts';
import { testChildren, testPersons } from '../../src/demo/test-persons.ts';

/** Names and numbers of the demo's people, whole and masked: on no scanner, in no export, at no hub. */
export const secretsOfPeople: readonly string[] = [...testPersons, ...testChildren]
  .flatMap(({ name, number }) => [name, number, maskName(name), maskNumber(number)])
  .filter((secret) => !'0123456789'.includes(secret)); // one number is in every alphabet of digits

/** Which of them are in these bytes, as UTF-8 or as UTF-16, in which engines keep what is no Latin. */
export const secretsIn = (bytes: Uint8Array): readonly string[] => {
  const kept = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return secretsOfPeople.filter(
    (secret) => kept.includes(secret) || kept.includes(Buffer.from(secret, 'utf16le')),
  );
};

/** The bytes of every file below a folder. */
export const filesBelow = (folder: string): readonly Uint8Array[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((item) => item.isFile())
    .map((item) => readFileSync(join(item.parentPath, item.name)));

/** What an export says: a workbook is a folder of packed files. */
export const saidIn = (bytes: Uint8Array): Uint8Array =>
  bytes[0] === 0x50 && bytes[1] === 0x4b ? Buffer.concat(Object.values(unzipSync(bytes))) : bytes;

/**
 * All that a page finds in its own stores: rows of every database, what lies in the two storages. A database packs its
 * files, so that what is in them is not found by looking at their bytes. What a worker keeps is the program's own.
 */
export const storesOf = (page: Page): Promise<string> =>
  page.evaluate(async () => {
    const said: string[] = [
      JSON.stringify({ ...localStorage }),
      JSON.stringify({ ...sessionStorage }),
    ];
    const text = (bytes: ArrayBuffer) => new TextDecoder().decode(bytes);
    const plain = (_: string, value: unknown) => {
      if (value instanceof ArrayBuffer) return text(value);
      if (ArrayBuffer.isView(value))
        return text(new Uint8Array(value.buffer as ArrayBuffer).slice().buffer);
      return typeof value === 'bigint' ? String(value) : value;
    };
    const done = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    for (const { name = '' } of await indexedDB.databases()) {
      const database = await done(indexedDB.open(name));
      for (const store of database.objectStoreNames) {
        const rows = database.transaction(store).objectStore(store);
        const [keys, values] = [done(rows.getAllKeys()), done(rows.getAll())];
        said.push(`${name}/${store}`, JSON.stringify([await keys, await values], plain));
      }
      database.close();
    }
    return said.join('\n');
  });

/** What a signed export (JWS general JSON) says: its payload is base64url, in which no name would be found. */
export const signedIn = (file: Uint8Array): Uint8Array =>
  Buffer.from(JSON.parse(Buffer.from(file).toString()).payload, 'base64url');
