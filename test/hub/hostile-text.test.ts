import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { appendEntry } from '../../src/core/log/chain.ts';
import { type EntryBody, emptyHead, type LogEntry } from '../../src/core/log/entry.ts';
import { printable, printableJson } from '../../src/core/printable.ts';
import { demoKeys } from '../../src/demo/demo-keys.ts';
import { verifyLog } from '../../src/hub/store/proof/verify-log.ts';
import { databases } from '../support/databases.ts';
import { someEntries, someScan } from '../support/log-entries.ts';
import { runCommand } from '../support/run-command.ts';
import { batchOf, enrolled, post, type TestHub, testHub, upload } from '../support/test-hub.ts';

/** What JSON can hold and a terminal or PostgreSQL's `text` cannot take as it is. */
const hostile = [
  ['U+0000', '\0'],
  ['an escape sequence', '\u001b[2J\u001b]0;x\u0007'],
  ['a C1 control', '\u009b31m'],
  ['a line of its own', '\nfake-device  9 entries  whole\r'],
  ['a line separator', '\u2028'],
  ['a right-to-left override', '\u202egetag\u2066'],
  ['a zero-width character', '\u200b'],
  ['delete', '\u007f'],
] as const;
const raw = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

type Base = Pick<LogEntry, 'shift' | 'gate' | 'app'>;
const plain: Base = { shift: 'shift-1', gate: 'demo-gate', app: '0.1.0' };

/** One entry of each place a phone may write a text of its own in. */
async function logOf(device: string, text: string): Promise<LogEntry[]> {
  const bodies: readonly (readonly [Partial<Base>, EntryBody])[] = [
    [{ shift: `s${text}` }, { type: 'shift-start', operator: `A${text}` }],
    [{}, { ...someScan, st: `g${text.slice(0, 6)}` } as EntryBody],
    [{ gate: `g${text}` }, someScan],
    [{ app: `1${text}` }, someScan],
    [{}, { ...someScan, iss: `C${text.slice(0, 4)}` } as EntryBody],
    [
      {},
      { type: 'manual', category: `c${text}`, admitted: true, note: text, tail: text.slice(0, 8) },
    ],
    [{ shift: `s${text}` }, { type: 'shift-end', scans: 3 }],
  ];
  const entries: LogEntry[] = [];
  let head = emptyHead;
  for (const [change, body] of bodies) {
    const at = 1_646_121_600_000 + 1000 * head.seq;
    const draft = { device, at, quality: 'synced', ...plain, ...change, body };
    const entry = await appendEntry(head, draft as never);
    entries.push(entry);
    head = { seq: entry.seq, hash: entry.hash };
  }
  return entries;
}

describe.each(databases)('an authentic entry on $name that holds', ({ open }) => {
  let hub: TestHub;
  beforeAll(async () => {
    hub = await testHub(await open());
  });
  afterAll(() => hub.sql.close());

  const commands: readonly (readonly [string, ...string[]])[] = [
    ['gates'],
    ['devices'],
    ['shifts'],
    ['missing'],
    ['quarantine', 'list'],
  ];

  it.each(hostile)(
    '%s in any text is stored, counted, verified, and shown escaped',
    async (_, text) => {
      const device = await enrolled(hub);
      const entries = await logOf(device.id, text);
      const { results, opened } = await upload(hub, device, entries);
      expect(results.map(({ result }) => result)).toEqual(Array(7).fill('stored'));
      expect(opened.seq).toBe(7);
      const again = await upload(hub, device, entries);
      expect(again.results.map(({ result }) => result)).toEqual(Array(7).fill('duplicate'));
      const report = await verifyLog(hub.sql, device.id, [demoKeys().receipt.jwk]);
      expect(report).toMatchObject({ entries: 7, findings: [], lacks: [] });
      const rows = await hub.sql.query<{ entry: string }>(
        'select entry from scans where device = $1 order by seq',
        [device.id],
      );
      expect(rows.map(({ entry }) => JSON.parse(entry))).toEqual(entries);
      const texts = [
        ...(await Promise.all(commands.map(([name, ...args]) => runCommand(hub, name, args)))),
        ...(await Promise.all(
          ['shifts', 'missing'].map((name) => runCommand(hub, name, [device.id])),
        )),
        await runCommand(hub, 'verify-log', [device.id, '--demo']),
      ];
      for (const line of texts.join('\n').split('\n')) {
        expect(line).not.toMatch(raw);
        expect(line).not.toMatch(/^fake-device/);
      }
      expect(await runCommand(hub, 'shifts', [device.id])).toContain('pass 4');
    },
  );

  it('half a surrogate pair has no canonical form: it is kept in quarantine as it was signed', async () => {
    const device = await enrolled(hub);
    const [entry] = await someEntries(1, device.id);
    const odd = { ...entry, shift: 'half \ud83d' } as LogEntry;
    const { results } = await upload(hub, device, [odd]);
    expect(results).toMatchObject([{ result: 'quarantined', reason: 'shape' }]);
    for (const [name, ...args] of commands)
      expect(await runCommand(hub, name, args)).not.toMatch(/\p{Surrogate}/u);
    const kept = await hub.sql.query<{ entry: string }>(
      'select entry from quarantine where device = $1',
      [device.id],
    );
    expect(kept.map((row) => JSON.parse(row.entry))).toEqual([odd]);
  });

  it.each(hostile)(
    '%s as the name of a device that signed is nobody, and no error',
    async (_, text) => {
      const device = await enrolled(hub);
      const liar = { ...device, id: `x${text}`.slice(0, 60) };
      const answer = await post(
        hub,
        '/v1/scans',
        await batchOf(liar, await someEntries(1, liar.id)),
      );
      expect([answer.status, await answer.json()]).toMatchObject([401, { code: 'unknown-device' }]);
    },
  );
});

describe('printable', () => {
  it.each(hostile)('shows %s as what it is, in text and in JSON', (_, text) => {
    expect(printable(text)).not.toMatch(raw);
    expect(printable(text)).toMatch(/\\u\{[0-9a-f]+\}/);
    expect(printableJson({ text })).not.toMatch(raw);
    expect(JSON.parse(printableJson({ text }))).toEqual({ text });
  });

  it('leaves what people write alone', () => {
    for (const text of ['东门 2 号', 'Łódź', 'مريم', '👍']) expect(printable(text)).toBe(text);
  });

  it('in JSON escapes both halves of a pair that is a format character', () => {
    const tag = '\u{e0041}';
    expect(printableJson(tag)).toBe('"\\udb40\\udc41"');
  });
});
