import { CompactSign } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Batch, buildBatch, openBatch } from '../../../src/core/log/batch.ts';
import { entryHash } from '../../../src/core/log/chain.ts';
import type { LogEntry } from '../../../src/core/log/entry.ts';
import { epochSeconds } from '../../../src/core/units.ts';
import { someEntries, type TestKey, testKey } from '../../support/log-entries.ts';

let key: TestKey;
let other: TestKey;
let entries: LogEntry[];
beforeAll(async () => {
  [key, other, entries] = await Promise.all([testKey(), testKey(), someEntries(5)]);
});

const draft = (list: LogEntry[], device = 'device-1') => {
  const [first, ...rest] = list;
  if (!first) throw new Error('no entry');
  const ids = { batch: 'YmF0Y2g', nonce: 'bm9uY2U', iat: epochSeconds(1_646_121_700) };
  return { device, entries: [first, ...rest], ...ids } as const;
};
const keyOf = async (device: string) => (device === 'device-1' ? key.publicKey : undefined);
const open = async (list: LogEntry[]) =>
  openBatch(await buildBatch(draft(list), key.privateKey), keyOf);
const problems = (batch: Batch) => batch.entries.map((entry) => entry.problem);

/** A batch with its claims changed after they were made, signed well. */
async function resigned(change: object, header: object = {}): Promise<string> {
  const token = await buildBatch(draft(entries), key.privateKey);
  const claims = JSON.parse(
    Buffer.from(token.split('.')[1] ?? '', 'base64url').toString(),
  ) as object;
  return new CompactSign(Buffer.from(JSON.stringify({ ...claims, ...change })))
    .setProtectedHeader({ alg: 'ES256', kid: 'device-1', typ: 'kakou-batch+jwt', ...header })
    .sign(key.privateKey);
}

describe('an upload batch', () => {
  it('opens to the entries it was made of', async () => {
    const opened = await open(entries);
    if (!opened.ok) throw new Error(opened.error);
    expect(opened.value.device).toBe('device-1');
    expect(opened.value.entries.map((entry) => entry.entry)).toEqual(entries);
    expect(problems(opened.value).every((problem) => problem === undefined)).toBe(true);
  });

  it('is refused when another key signed it', async () => {
    const token = await buildBatch(draft(entries), other.privateKey);
    expect(await openBatch(token, keyOf)).toEqual({ ok: false, error: 'bad-signature' });
  });

  it('is refused from a device nobody enrolled', async () => {
    const token = await buildBatch(draft(entries, 'device-9'), key.privateKey);
    expect(await openBatch(token, keyOf)).toEqual({ ok: false, error: 'unknown-device' });
  });

  it.each([
    ['claims to be from another device', { device: 'device-2' }, 'wrong-device'],
    ['claims another first entry', { from: 2 }, 'bad-shape'],
    ['claims another last entry', { to: 6 }, 'bad-shape'],
    ['claims to follow another entry', { prev: 'f'.repeat(64) }, 'bad-shape'],
    ['claims another head', { head: 'f'.repeat(64) }, 'bad-shape'],
    ['holds no entry', { entries: [] }, 'bad-shape'],
    ['holds a claim nobody knows', { extra: 1 }, 'bad-shape'],
    ['holds an entry that is no object', { entries: [1] }, 'bad-shape'],
  ])('is refused when it %s', async (_, change, error) => {
    expect(await openBatch(await resigned(change), keyOf)).toEqual({ ok: false, error });
  });

  it('is refused when its entries are not in order', async () => {
    const swapped = [entries[0], entries[2], entries[1], entries[3], entries[4]];
    const token = await resigned({ entries: swapped });
    expect(await openBatch(token, keyOf)).toEqual({ ok: false, error: 'bad-shape' });
  });

  it('is refused with more than 200 entries', async () => {
    const many = await someEntries(201);
    expect(await open(many)).toEqual({ ok: false, error: 'bad-shape' });
    expect((await open(many.slice(1))).ok).toBe(true);
  });

  it('is no pass, and a token of another kind is no batch', async () => {
    const token = await resigned({}, { typ: 'kp+jwt' });
    expect(await openBatch(token, keyOf)).toEqual({ ok: false, error: 'wrong-type' });
  });

  it('is refused in any other spelling', async () => {
    const token = await buildBatch(draft(entries), key.privateKey);
    for (const spelling of [`${token}=`, ` ${token}`, `${token}\n`, `${token}.`, '']) {
      expect(await openBatch(spelling, keyOf)).toEqual({ ok: false, error: 'malformed' });
    }
  });

  it('names an edited entry and takes those around it', async () => {
    const edited = entries.with(2, { ...(entries[2] as LogEntry), gate: 'elsewhere' });
    const opened = await open(edited);
    expect(opened.ok && problems(opened.value)).toEqual([
      undefined,
      undefined,
      'hash',
      undefined,
      undefined,
    ]);
  });

  it('names an entry of another device', async () => {
    const foreign = { ...(entries[4] as LogEntry), device: 'device-2' };
    const last = { ...foreign, hash: (await entryHash(foreign)) ?? '' };
    const opened = await open(entries.with(4, last));
    expect(opened.ok && problems(opened.value)[4]).toBe('device');
  });

  it('names an entry of unknown shape and keeps its exact text, odd members included', async () => {
    const text = JSON.stringify({ ...entries[4], gate: 7 });
    const odd = JSON.parse(text.replace('{', '{"__proto__":1,')) as LogEntry;
    const opened = await open(entries.with(4, odd));
    const last = opened.ok ? opened.value.entries[4] : undefined;
    expect(last?.problem).toBe('shape');
    expect(last?.text).toContain('"__proto__":1');
  });
});
