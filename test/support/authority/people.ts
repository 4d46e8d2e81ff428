import { CompactSign } from 'jose';
import { putSource } from '../../../src/authority/facts/sources.ts';
import { generateKey, type NamedKey, publicHalf, signerOf } from '../../../src/authority/keys.ts';
import { checkCharacter } from '../../../src/core/health/check-digits.ts';
import type { Declaration } from '../../../src/core/health/declaration.ts';
import { epochMillis } from '../../../src/core/units.ts';
import type { Sql } from '../../../src/node/database.ts';

/** A good resident id of Tianjin by its last numbers. */
export function residentId(serial: number, birth = '19800101'): string {
  const digits = `120101${birth}${String(serial).padStart(3, '0')}`;
  return digits + (checkCharacter(digits) ?? '');
}

export const someone = (serial: number, name = `张小${serial}`, birth?: string) =>
  ({ type: 'resident-id', number: residentId(serial, birth), name }) as const;

export const declared = (over: Partial<Declaration> = {}): Declaration => ({
  ...{ phone: '13800138000', address: '解放北路188号', district: '120101', symptoms: [] },
  ...{ contact: false, travel: [], abroad: false },
  ...over,
});

/** A source that is known, and how it signs. */
export async function testSource(sql: Sql, id = 'cdc', kinds = ['contact', 'order', 'test']) {
  const key = await generateKey(id);
  await putSource(sql, { id, name: id, jwk: publicHalf(key), kinds }, epochMillis(1));
  return { key, id };
}

export const factsFile = (
  { key, id }: { key: NamedKey; id: string },
  batch: string,
  lines: readonly object[] | string,
  claims: object = {},
): Promise<string> => {
  const text =
    typeof lines === 'string' ? lines : lines.map((line) => JSON.stringify(line)).join('\n');
  const format = typeof lines === 'string' ? 'csv' : 'jsonl';
  return signFacts(key, { source: id, batch, format, iat: 1_646_121_600, text, ...claims }, id);
};

export async function signFacts(
  key: NamedKey,
  claims: object,
  kid: string,
  typ = 'kakou-facts+jwt',
): Promise<string> {
  const { key: by } = await signerOf(key);
  return new CompactSign(Buffer.from(JSON.stringify(claims)))
    .setProtectedHeader({ alg: 'ES256', kid, typ })
    .sign(by);
}
