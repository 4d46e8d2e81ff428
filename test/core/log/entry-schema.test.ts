import { describe, expect, it } from 'vitest';
import type { EntryBody } from '../../../src/core/log/entry.ts';
import { emptyHead } from '../../../src/core/log/entry.ts';
import { parseEntry } from '../../../src/core/log/entry-schema.ts';
import { someEntries, someScan } from '../../support/log-entries.ts';

const bodies: EntryBody[] = [
  someScan,
  { type: 'scan', method: 'wedge', state: 'stop', reason: 'malformed', textSha256: 'a'.repeat(64) },
  { type: 'decision', ref: 1, state: 'pass', reason: 'admitted', temperatureC: 36.6 },
  { type: 'manual', category: 'elderly', admitted: true, tail: '2X', companions: 1, note: '老人' },
  { type: 'shift-start', operator: '07' },
  { type: 'shift-end', scans: 12 },
  { type: 'clock', event: 'set-back', offsetMs: -5000.5 },
  { type: 'trust', bundle: 3, root: 1 },
  { type: 'export', format: 'csv', entries: 12 },
  { type: 'export', format: 'json', entries: 12, of: 'shift-1' },
  { type: 'purge', through: 9 },
];

const entryOf = async (body: EntryBody) => {
  const [entry] = await someEntries(1, 'device-1', emptyHead, body);
  if (!entry) throw new Error('no entry');
  return entry;
};

describe('the shape of a log entry', () => {
  it.each(bodies)('takes a $type entry as it is', async (body) => {
    const entry = await entryOf(body);
    expect(parseEntry(structuredClone(entry))).toEqual(entry);
  });

  it.each(bodies)('refuses an unknown member in a $type entry', async (body) => {
    const entry = await entryOf(body);
    expect(parseEntry({ ...entry, maskedName: '张*三' })).toBeUndefined();
    expect(parseEntry({ ...entry, constructor: 'x' })).toBeUndefined();
  });

  it.each([
    ['an unknown type', { type: 'other' }],
    ['another version', { v: 2 }],
    ['an unknown reason', { reason: 'because' }],
    ['a text past its cap', { gate: 'g'.repeat(65) }],
    ['a broken seq', { seq: 1.5 }],
    ['a seq of zero', { seq: 0 }],
    ['a time outside the calendar', { at: 9e15 }],
    ['a hash in capitals', { hash: 'A'.repeat(64) }],
    ['a missing member', { quality: undefined }],
    ['a jti that is no base64url', { jti: 'not/url' }],
  ])('refuses %s', async (_, change) => {
    expect(parseEntry({ ...(await entryOf(someScan)), ...change })).toBeUndefined();
  });
});
