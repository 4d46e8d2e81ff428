import fc from 'fast-check';
import { type EntryBody, genesisHash, type LogEntry } from '../../src/core/log/entry.ts';

const states = ['pass', 'check', 'stop', 'unknown'] as const;
const reasons = ['admitted', 'notice', 'temperature-needed', 'temperature-high', 'stale'] as const;

/** Refers anywhere: to what is there, to itself, to what never comes. */
const seq = fc.integer({ min: 1, max: 14 });
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined, freq: 1 });
const temperatureC = maybe(fc.constantFrom(36.4, 38.2));
const companions = maybe(fc.nat({ max: 3 }));
const high = maybe(fc.constant(true as const));
const state = fc.constantFrom(...states);
const reason = fc.constantFrom(...reasons);

const scan = fc.record({
  type: fc.constant('scan'),
  method: fc.constant('camera'),
  state,
  reason,
  iss: maybe(fc.constantFrom('CN', 'CN-TJ', 'CN-HE')),
  temperatureC,
  companions,
});
const decision = fc.record({
  type: fc.constant('decision'),
  ref: seq,
  state,
  reason,
  outcome: maybe(fc.constantFrom('admitted', 'refused', 'escorted')),
  by: maybe(fc.constantFrom('guard', 'supervisor', 'kiosk', 'pass')),
  why: maybe(fc.constantFrom('fever', 'other', 'emergency')),
  corrects: maybe(seq),
  temperatureC,
  high,
  companions,
});
const manual = fc.record({
  type: fc.constant('manual'),
  ref: maybe(seq),
  category: fc.constant('elder'),
  admitted: fc.boolean(),
  note: maybe(fc.constantFrom('fever', 'left')),
  temperatureC,
  high,
  companions,
});
const other = fc.constantFrom(
  { type: 'shift-start', operator: '7' },
  { type: 'purge', through: 1 },
  { type: 'look', method: 'camera', state: 'pass', reason: 'admitted', iss: 'CN-TJ' },
  { type: 'supervisor', act: 'count-set', count: 7, was: 12 },
  { type: 'supervisor', act: 'count-set', count: 7 },
);

/** Up to twelve entries as no app writes them too: references to nothing, words of tomorrow. */
export const randomBodies = fc.array(fc.oneof(scan, decision, manual, other), {
  maxLength: 12,
}) as fc.Arbitrary<readonly EntryBody[]>;

/** These as entries of a log, half an hour apart, without the chain. */
export const unhashed = (bodies: readonly EntryBody[], shift = 's'): LogEntry[] =>
  bodies.map((body, i) => {
    const chain = { seq: i + 1, prev: genesisHash, hash: genesisHash };
    const at = 1_646_121_600_000 + i * 1_800_000;
    const base = { v: 1, device: 'd', shift, at, quality: 'synced', gate: 'g', app: '1' };
    return JSON.parse(JSON.stringify({ ...base, ...chain, ...body })) as LogEntry;
  });
