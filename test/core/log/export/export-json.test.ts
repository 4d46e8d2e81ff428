import { describe, expect, it } from 'vitest';
import { signerOf } from '../../../../src/authority/keys.ts';
import { signFile } from '../../../../src/authority/sign-file.ts';
import { utf8 } from '../../../../src/core/bytes.ts';
import { appendEntry } from '../../../../src/core/log/chain.ts';
import { emptyHead, type LogEntry, type LogHead } from '../../../../src/core/log/entry.ts';
import { checkExport } from '../../../../src/core/log/export/check-export.ts';
import { buildExport, openExport } from '../../../../src/core/log/export/export-json.ts';
import { epochMillis } from '../../../../src/core/units.ts';
import { demoKeys } from '../../../../src/demo/demo-keys.ts';
import { someEntries, someScan, someShift, testKey } from '../../../support/log-entries.ts';

const key = await testKey();
const entries = await someShift(9);
const headOf = (list: readonly LogEntry[]): LogHead => {
  const last = list.at(-1);
  return last ? { seq: last.seq, hash: last.hash } : emptyHead;
};

const receiptKey = demoKeys().receipt;
const receiptAt = async (seq: number, claims: object = {}): Promise<string> => {
  const receipt = { device: 'device-1', seq, head: entries[seq - 1]?.hash, t: 7, ...claims };
  const file = await signFile('kakou-receipt+jws', receipt, [await signerOf(receiptKey)]);
  return new TextDecoder().decode(file);
};

async function exported(
  list: readonly LogEntry[],
  more: { from?: LogHead; head?: LogHead; receipt?: string } = {},
) {
  const draft = {
    device: 'device-1',
    shift: 'shift-1',
    at: epochMillis(5),
    jwk: key.jwk,
    from: emptyHead,
    entries: list,
    head: headOf(entries),
    ...more,
  };
  return buildExport(draft, key.privateKey);
}

async function check(file: Uint8Array, keys?: Parameters<typeof checkExport>[1]) {
  const opened = await openExport(file);
  if (!opened.ok) return opened.error;
  return checkExport(opened.value, keys);
}

/** The file with its payload changed by somebody who has no key. */
function tampered(file: Uint8Array, change: (payload: { entries: LogEntry[] }) => void) {
  const jws = JSON.parse(new TextDecoder().decode(file));
  const payload = JSON.parse(Buffer.from(jws.payload, 'base64url').toString());
  change(payload);
  jws.payload = Buffer.from(JSON.stringify(payload)).toString('base64url');
  return utf8(JSON.stringify(jws));
}

const edit = (list: readonly LogEntry[], seq: number): LogEntry[] =>
  list.map((entry) => (entry.seq === seq ? ({ ...entry, state: 'stop' } as LogEntry) : entry));
const drop = (list: readonly LogEntry[], seq: number) => list.filter((entry) => entry.seq !== seq);
const swap = (list: readonly LogEntry[], seq: number): LogEntry[] => {
  const copy = [...list];
  const [a, b] = [copy[seq - 1], copy[seq]];
  if (a && b) [copy[seq - 1], copy[seq]] = [b, a];
  return copy;
};
/** Everything from `seq` on written anew, with other content and a chain of its own. */
async function fork(list: readonly LogEntry[], seq: number): Promise<LogEntry[]> {
  const kept = list.slice(0, seq - 1);
  let head = headOf(kept);
  const anew: LogEntry[] = [];
  for (const { v: _, seq: _s, prev: _p, hash: _h, ...base } of list.slice(seq - 1)) {
    const entry = await appendEntry(head, { ...base, body: { ...someScan, ageS: 77 } } as never);
    anew.push(entry);
    head = { seq: entry.seq, hash: entry.hash };
  }
  return [...kept, ...anew];
}

describe('a signed export', () => {
  /** A shift that began after three entries of before. */
  async function laterShift() {
    const from = headOf(entries.slice(0, 3));
    const start = { type: 'shift-start', operator: 'A1' } as const;
    const later = await someEntries(1, 'device-1', from, start);
    later.push(...(await someEntries(3, 'device-1', headOf(later))));
    return { from, later };
  }

  it('whose receipt knows another entry right before its first is a fork there', async () => {
    const { from, later } = await laterShift();
    const ends = { from, head: headOf(later) };
    const good = await exported(later, { ...ends, receipt: await receiptAt(3) });
    expect(await check(good, [receiptKey.jwk])).toMatchObject({ lacks: ['receipt'] });
    expect(await check(good)).not.toHaveProperty('problem');
    const forged = await receiptAt(3, { head: 'ab'.repeat(32) });
    const bad = await exported(later, { ...ends, receipt: forged });
    expect(await check(bad)).toMatchObject({ problem: { at: 3, problem: 'fork' } });
  });

  it.each([
    ['cut at the front', 4, 'front', () => entries.slice(3)],
    ['cut at the front by its first entry alone', 2, 'front', () => entries.slice(1)],
    ['empty', 10, 'empty', () => []],
  ] as const)(
    '%s by the owner of the key is named, though chain, receipt and signature fit',
    async (_, at, problem, change) => {
      const list = change();
      const from = headOf(entries.slice(0, entries.length - list.length));
      const receipt = await receiptAt(9);
      const file = await exported(list, { from, receipt });
      expect(await check(file, [receiptKey.jwk])).toMatchObject({
        signed: true,
        problem: { at, problem },
      });
    },
  );

  it('whose beginning the phone purged, as an entry in it says, lacks it and is not broken', async () => {
    const purge = { type: 'purge', through: 4 } as const;
    const [late] = await someEntries(1, 'device-1', headOf(entries), purge as never);
    const list = [...entries.slice(4), ...(late ? [late] : [])];
    const from = headOf(entries.slice(0, 4));
    const file = await exported(list, { from, head: headOf(list), receipt: await receiptAt(9) });
    const report = await check(file, [receiptKey.jwk]);
    expect(report).toMatchObject({ lacks: ['front'] });
    expect(report).not.toHaveProperty('problem');
  });

  it('that begins the log with another past than none is named', async () => {
    const file = await exported(entries, { from: { seq: 0, hash: 'ab'.repeat(32) } });
    expect(await check(file)).toMatchObject({ problem: { at: 1, problem: 'prev' } });
  });

  it('of another shift than it says has nothing of it', async () => {
    const other = entries.map((entry) => ({ ...entry, shift: 'shift-2' }));
    expect(await check(await exported(other))).toMatchObject({ problem: { problem: 'empty' } });
  });

  it('without a receipt, or with one of before its first entry, proves nothing and says so', async () => {
    const bare = await check(await exported(entries), [receiptKey.jwk]);
    expect(bare).toMatchObject({ lacks: ['receipt'], unreceipted: 9 });
    expect(bare).not.toHaveProperty('problem');
    const none = await receiptAt(0, { head: emptyHead.hash });
    const early = await check(await exported(entries, { receipt: none }), [receiptKey.jwk]);
    expect(early).toMatchObject({ lacks: ['receipt'], receiptChecked: true });
  });

  it('is whole when it is as the phone wrote it, with the receipt checked by the keys of the hub', async () => {
    const file = await exported(entries, { receipt: await receiptAt(7) });
    expect(await check(file, [receiptKey.jwk])).toEqual({
      signed: true,
      receipt: { device: 'device-1', seq: 7, head: entries[6]?.hash, t: 7 },
      receiptChecked: true,
      unreceipted: 2,
      lacks: [],
    });
  });

  it('without a trust set says that the receipt is only a claim', async () => {
    const file = await exported(entries, { receipt: await receiptAt(7) });
    expect(await check(file)).toMatchObject({
      receiptChecked: false,
      receipt: { seq: 7 },
      lacks: ['trust'],
    });
  });

  it('of a later shift starts where the earlier one ended', async () => {
    const { from, later } = await laterShift();
    const draft = { device: 'device-1', shift: 'shift-1', at: epochMillis(5), jwk: key.jwk };
    const late = { ...draft, from, entries: later, head: headOf(later) };
    const file = await buildExport(late, key.privateKey);
    expect(await check(file)).not.toHaveProperty('problem');
  });

  it.each([
    ['edited', 4, 'hash', () => edit(entries, 4)],
    ['dropped', 5, 'gap', () => drop(entries, 4)],
    ['swapped', 5, 'gap', () => swap(entries, 4)],
    ['cut at the tail', 8, 'cut', () => entries.slice(0, 7)],
    ['grown at the tail', 10, 'order', () => someShift(10)],
  ])(
    '%s by somebody without the key is forged, and the entry is named',
    async (_, at, problem, change) => {
      const list = await change();
      const file = tampered(await exported(entries), (payload) => {
        payload.entries = [...list];
      });
      expect(await check(file)).toMatchObject({ signed: false, problem: { at, problem } });
    },
  );

  it.each([
    ['edited', 4, 'hash', () => edit(entries, 4)],
    ['dropped', 5, 'gap', () => drop(entries, 4)],
    ['swapped', 5, 'gap', () => swap(entries, 4)],
    ['forked', 6, 'fork', () => fork(entries, 4)],
    ['cut at the tail', 6, 'cut', () => entries.slice(0, 5)],
  ])('%s by the owner of the key is named by chain or receipt', async (_, at, problem, change) => {
    const list = await change();
    const file = await exported(list, { head: headOf(list), receipt: await receiptAt(6) });
    expect(await check(file, [receiptKey.jwk])).toMatchObject({
      signed: true,
      problem: { at, problem },
    });
  });

  it('whose signature alone is wrong is forged', async () => {
    const other = await testKey();
    const file = await exported(entries);
    const jws = JSON.parse(new TextDecoder().decode(file));
    const foreign = JSON.parse(
      new TextDecoder().decode(
        await buildExport(
          {
            device: 'device-1',
            shift: '',
            at: epochMillis(1),
            jwk: other.jwk,
            from: emptyHead,
            entries: [],
            head: emptyHead,
          },
          other.privateKey,
        ),
      ),
    );
    jws.signatures = foreign.signatures;
    expect(await check(utf8(JSON.stringify(jws)))).toMatchObject({
      problem: { problem: 'forged' },
    });
  });

  it('with the entry of another device is named at that entry', async () => {
    const [one] = await someEntries(1, 'device-2', headOf(entries));
    const list = [...entries, ...(one ? [one] : [])];
    expect(await check(await exported(list, { head: headOf(list) }))).toMatchObject({
      problem: { at: 10, problem: 'device' },
    });
  });

  it.each([
    [
      'signed by somebody else',
      async () => (await receiptAt(7)).replace(/.{20}"\}\]\}$/, 'AAAAAAAAAAAAAAAAAAAA"}]}'),
    ],
    ['about another device', () => receiptAt(7, { device: 'device-2' })],
    ['that is no receipt', async () => '{}'],
  ])('with a receipt %s is not believed', async (_, receipt) => {
    const file = await exported(entries, { receipt: await receipt() });
    expect(await check(file, [receiptKey.jwk])).toMatchObject({
      receiptChecked: false,
      unreceipted: 9,
      problem: { problem: 'receipt' },
    });
  });

  it('is neither a receipt nor the reverse', async () => {
    expect(await check(utf8(await receiptAt(7)))).toBe('bad-shape');
    expect(await check(utf8('{"payload":"","signatures":[]}'))).toBe('bad-shape');
    expect(await check(utf8('nonsense'))).toBe('not-canonical');
  });
});
