import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { appendEntry, checkChain, entryHash } from '../../../src/core/log/chain.ts';
import { emptyHead, type LogEntry, type LogHead } from '../../../src/core/log/entry.ts';
import { epochMillis } from '../../../src/core/units.ts';
import { someEntries } from '../../support/log-entries.ts';

const length = 12;
let log: LogEntry[];
beforeAll(async () => {
  log = await someEntries(length);
});

const headOf = (entries: readonly LogEntry[]): LogHead => {
  const last = entries.at(-1);
  return last ? { seq: last.seq, hash: last.hash } : emptyHead;
};
const anEntry = fc.integer({ min: 0, max: length - 1 });
const at = (i: number): LogEntry => {
  const entry = log[i];
  if (!entry) throw new RangeError(String(i));
  return entry;
};

describe('the hash chain of the log', () => {
  it('hashes an entry as protocol 6 says, computed here by other means', async () => {
    const { hash, ...rest } = at(1);
    const sorted = JSON.stringify(Object.fromEntries(Object.entries(rest).sort()));
    const expected = createHash('sha256').update(Buffer.from(rest.prev, 'hex')).update(sorted);
    expect(hash).toBe(expected.digest('hex'));
  });

  it('numbers entries from 1 without a gap and returns the head', async () => {
    expect(log.map((entry) => entry.seq)).toEqual(log.map((_, i) => i + 1));
    expect(await checkChain(log, emptyHead, headOf(log))).toEqual({ ok: true, value: headOf(log) });
  });

  it('goes on from any head, so that a part can be checked alone', async () => {
    const from = headOf(log.slice(0, 5));
    expect((await checkChain(log.slice(5), from)).ok).toBe(true);
  });

  it('names an entry edited in any member', async () => {
    const member = fc.constantFrom('at', 'gate', 'reason', 'shift', 'device', 'app', 'jti');
    await fc.assert(
      fc.asyncProperty(anEntry, member, async (i, name) => {
        const edited = log.with(i, { ...at(i), [name]: 'changed' } as LogEntry);
        expect(await checkChain(edited, emptyHead)).toEqual(broken(i + 1, 'hash'));
      }),
    );
  });

  it('names the entry after one that was edited and hashed again', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: length - 2 }), async (i) => {
        const edited = { ...at(i), gate: 'elsewhere' };
        const hash = (await entryHash(edited)) ?? '';
        const forged = log.with(i, { ...edited, hash });
        expect(await checkChain(forged, emptyHead)).toEqual(broken(i + 2, 'prev'));
      }),
    );
  });

  it('names the entry behind one that was dropped', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: length - 2 }), async (i) => {
        expect(await checkChain(log.toSpliced(i, 1), emptyHead)).toEqual(broken(i + 2, 'gap'));
      }),
    );
  });

  it('names the first of two entries that were swapped', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: length - 2 }), async (i) => {
        const swapped = log.with(i, at(i + 1)).with(i + 1, at(i));
        expect(await checkChain(swapped, emptyHead)).toEqual(broken(i + 2, 'gap'));
      }),
    );
  });

  it('names an entry that is there twice', async () => {
    await fc.assert(
      fc.asyncProperty(anEntry, async (i) => {
        const twice = log.toSpliced(i, 0, at(i));
        expect(await checkChain(twice, emptyHead)).toEqual(broken(i + 1, 'order'));
      }),
    );
  });

  it('names the entry where a tail from another history was put on', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: length - 1 }), async (i) => {
        const other = await someEntries(length, 'device-2');
        const spliced = [...log.slice(0, i), ...other.slice(i)];
        expect(await checkChain(spliced, emptyHead)).toEqual(broken(i + 1, 'prev'));
      }),
    );
  });

  it('names the first missing entry of a log that was cut behind a receipt', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: length - 1 }), async (i) => {
        const cut = await checkChain(log.slice(0, i), emptyHead, headOf(log));
        expect(cut).toEqual(broken(i + 1, 'cut'));
      }),
    );
  });

  it('names the receipted entry of a log that was written anew from the start', async () => {
    const anew = await someEntries(length + 3, 'device-2');
    expect(await checkChain(anew, emptyHead, headOf(log))).toEqual(broken(length, 'fork'));
  });

  it('throws a fault rather than write an entry that could never be checked', async () => {
    const draft = {
      device: 'd',
      shift: '',
      at: epochMillis(Number.NaN),
      quality: 'synced',
      gate: 'g',
      app: '1',
      body: { type: 'purge', through: 1 },
    } as const;
    await expect(appendEntry(emptyHead, draft)).rejects.toMatchObject({ code: 'internal' });
  });
});

const broken = (seq: number, problem: string) => ({ ok: false, error: { at: seq, problem } });
