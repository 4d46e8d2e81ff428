import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { type EpochMillis, type EpochSeconds, epochSeconds, toSeconds } from '../../core/units.ts';
import { testChildren, testPersons } from '../../demo/test-persons.ts';
import type { Sql } from '../../node/database.ts';
import { signFactFile } from '../facts/fact-file.ts';
import { type ImportAnswer, importFacts } from '../facts/import-facts.ts';
import { putSource } from '../facts/sources.ts';
import { generateKey, type NamedKey, namedKey, publicHalf, signerOf } from '../keys.ts';
import type { ColumnCipher } from '../privacy/column-cipher.ts';

export const demoSourceId = 'demo';
const kinds = ['order', 'contact', 'test', 'guardian'];
const dayS = 86_400;

export interface DemoSource {
  readonly key: NamedKey;
  readonly sql: Sql;
  readonly cipher: ColumnCipher;
}

/** The demo's source of facts, whose key lies in the data folder for `sign-facts` to take. */
export async function openDemoSource(
  data: string,
  { sql, cipher, now }: Omit<DemoSource, 'key'> & { readonly now: EpochMillis },
): Promise<DemoSource> {
  const file = join(data, 'demo-source.json');
  if (!existsSync(file)) {
    const made = await generateKey(demoSourceId);
    writeFileSync(file, `${JSON.stringify(made, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
  }
  const key = v.parse(namedKey, JSON.parse(readFileSync(file, 'utf8')));
  const source = { id: demoSourceId, name: 'Demo 演示', jwk: publicHalf(key), kinds };
  await putSource(sql, source, now);
  const opened = { key, sql, cipher };
  await firstFacts(opened, now);
  return opened;
}

/** Signs these lines as the source and takes them in, as the desk does. */
export async function tell(
  { key, sql, cipher }: DemoSource,
  batch: string,
  lines: readonly object[],
  now: EpochMillis,
): Promise<ImportAnswer> {
  const text = lines.map((line) => JSON.stringify(line)).join('\n');
  const file = { source: demoSourceId, batch, format: 'jsonl', iat: toSeconds(now), text } as const;
  const signed = await signFactFile(file, await signerOf(key));
  const taken = await importFacts(signed, { sql, cipher, now, by: 'command-line' });
  if (!taken.ok) throw new Error(`the demo's facts were not taken (${taken.error})`);
  return taken.value;
}

/** Once a day: who is whose parent, and the two whose codes are not green. */
async function firstFacts(source: DemoSource, now: EpochMillis): Promise<void> {
  const today = Math.floor(toSeconds(now) / dayS);
  const at = epochSeconds(today * dayS);
  const of = (id: string) => testPersons.find((one) => one.id === id);
  const lines: object[] = ['zhang', 'li'].flatMap((id) => {
    const guardian = of(id);
    return testChildren.map(({ type, number }, child) => ({
      ...{ id: `guardian.${id}.${child}`, kind: 'guardian', type, number, at: 0 },
      ...{ guardianType: guardian?.type, guardianNumber: guardian?.number },
    }));
  });
  for (const [id, kind] of [
    ['orange', 'contact'],
    ['red', 'order'],
  ] as const) {
    const person = of(id);
    if (person) lines.push(factAbout(person, { id: `${kind}.${today}`, kind, at }));
  }
  await tell(source, `first.${today}`, lines, now);
}

/** A contact is watched for 14 days by the rules, an order says its end itself. */
export const factAbout = (
  { type, number }: { readonly type: string; readonly number: string },
  { id, kind, at }: { readonly id: string; readonly kind: string; readonly at: EpochSeconds },
): object => ({
  ...{ id, kind, type, number, at },
  ...(kind === 'order' && { until: at + 14 * dayS }),
});
