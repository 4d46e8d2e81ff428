import { describe, expect, it } from 'vitest';
import type { EntryBody } from '../../../src/core/log/entry.ts';
import { emptyHead } from '../../../src/core/log/entry.ts';
import { parseEntry } from '../../../src/core/log/entry-schema.ts';
import { someEntries, someScan } from '../../support/log-entries.ts';

const bodies: EntryBody[] = [
  someScan,
  { type: 'scan', method: 'wedge', state: 'stop', reason: 'malformed', textHmac: 'a'.repeat(64) },
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

  it.each(bodies)('keeps a member nobody knows of a $type entry of tomorrow', async (body) => {
    const entry = await entryOf(body);
    const grown = { ...entry, dir: 'out', tomorrow: { a: [1] } };
    expect(parseEntry(grown)).toBe(grown);
  });

  it.each<[string, EntryBody, object]>([
    ['a reason', someScan, { reason: 'zone-full' }],
    ['a way in', someScan, { method: 'kiosk' }],
    ['a kind', someScan, { kind: 'dcc' }],
    ['a clock quality', someScan, { quality: 'guessed' }],
    ['an event', { type: 'clock', event: 'synced' }, { event: 'leap' }],
    ['a format', { type: 'export', format: 'csv', entries: 1 }, { format: 'ods' }],
    ['an act', { type: 'supervisor', act: 'opened' }, { act: 'override' }],
    ['a type', someScan, { type: 'count-set' }],
  ])('takes %s of tomorrow', async (_, body, change) => {
    expect(parseEntry({ ...(await entryOf(body)), ...change })).toBeDefined();
  });

  it.each([
    ['a type that is no word', { type: 'Count set' }],
    ['a fifth state', { state: 'maybe' }],
    ['another version', { v: 2 }],
    ['a reason that is no word', { reason: 'Because of\u001b[2J' }],
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

  it.each<[string, EntryBody['type'], unknown, unknown]>([
    ['ageS', 'scan', -30, 0.5],
    ['companions', 'scan', 0, -1],
    ['list', 'scan', 0, -1],
    ['temperatureC', 'scan', 20, 19.9],
    ['temperatureC', 'scan', 50, 50.1],
    ['iss', 'scan', 'CN-HKG', 'CN-HKGX'],
    ['st', 'scan', '12345678', '123456789'],
    ['jti', 'scan', 'A'.repeat(22), 'A'.repeat(23)],
    ['shift', 'scan', 's'.repeat(64), 's'.repeat(65)],
    ['device', 'scan', 'd'.repeat(64), ''],
    ['app', 'scan', '1'.repeat(32), '1'.repeat(33)],
    ['at', 'scan', 8.64e15, 8.64e15 + 1],
    ['ref', 'decision', 1, 0],
    ['category', 'manual', 'c'.repeat(32), 'c'.repeat(33)],
    ['tail', 'manual', '12345678', '123456789'],
    ['note', 'manual', 'n'.repeat(200), 'n'.repeat(201)],
    ['operator', 'shift-start', 'o'.repeat(64), 'o'.repeat(65)],
    ['scans', 'shift-end', 0, -1],
    ['entries', 'export', 0, -1],
    ['of', 'export', 's'.repeat(64), ''],
    ['through', 'purge', 0, -1],
  ])('holds %s of a %s entry to its bounds', async (member, type, good, bad) => {
    const entry = await entryOf(bodies.find((body) => body.type === type) ?? someScan);
    expect(parseEntry({ ...entry, [member]: good })).toBeDefined();
    expect(parseEntry({ ...entry, [member]: bad })).toBeUndefined();
  });
});
