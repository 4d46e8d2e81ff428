import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isSightingKey } from '../../../src/core/ids.ts';
import { eventLines } from '../../../src/core/sightings/event-lines.ts';
import { sightingKey } from '../../../src/core/sightings/key.ts';
import {
  maxTwice,
  readClaimAnswer,
  readGroup,
  readShownTwice,
  readSighting,
} from '../../../src/core/sightings/sighting.ts';

describe('the key of a presentation', () => {
  it('is the first 8 bytes of SHA-256(iss ‖ 0 ‖ jti), base64url', async () => {
    const expected = createHash('sha256').update('CN-TJ\0AAECAwQFBgcICQoL').digest();
    const key = await sightingKey('CN-TJ', 'AAECAwQFBgcICQoL');
    expect(key).toBe(expected.subarray(0, 8).toString('base64url'));
    expect(isSightingKey(key)).toBe(true);
    expect(await sightingKey('CN-T', 'JAAECAwQFBgcICQoL')).not.toBe(key);
  });

  it('has one spelling', () => {
    for (const key of ['AAAAAAAAAA', 'AAAAAAAAAAAA', 'AAAAAAAAAAB', 'AAAAAAAAAA=', 'AAAAAAAAA+A'])
      expect(isSightingKey(key)).toBe(false);
  });
});

describe('a stream of events', () => {
  const text =
    ': alive\n\nid: 7\nevent: sighting\ndata: {"a":1}\n\nretry: 5\ndata: one\ndata: two\n\nid: 8\nevent: ready\ndata: {}\n\n';
  const events = [
    { id: '7', event: 'sighting', data: '{"a":1}' },
    { id: '7', event: 'message', data: 'one\ntwo' },
    { id: '8', event: 'ready', data: '{}' },
  ];

  it('is the same however it is cut into pieces, and whatever ends its lines', () => {
    const ends = fc.constantFrom('\n', '\r\n', '\r');
    const cuts = fc.array(fc.nat(text.length * 2), { maxLength: 20 });
    fc.assert(
      fc.property(ends, cuts, (end, at) => {
        const whole = `${text.replaceAll('\n', end)}:`; // a last CR waits for what follows it
        const read = eventLines();
        const places = [
          0,
          ...at.filter((n) => n < whole.length).sort((a, b) => a - b),
          whole.length,
        ];
        const pieces = places.slice(1).map((to, i) => whole.slice(places[i], to));
        expect(pieces.flatMap((piece) => read(piece))).toEqual(events);
      }),
    );
  });

  it('that is none of ours ends before it fills the memory', () => {
    const endless = eventLines();
    expect(() => {
      for (let i = 0; i < 100; i++) endless('x'.repeat(4096));
    }).toThrow(RangeError);
    const large = eventLines();
    expect(() => {
      for (let i = 0; i < 100; i++) large(`data: ${'x'.repeat(4096)}\n`);
    }).toThrow(RangeError);
  });
});

describe('what a hub tells is believed only whole', () => {
  const key = 'AAAAAAAAAAA';
  it.each([
    [{ key, gate: 'a', at: -1 }],
    [{ key, gate: 'a', at: 1.5 }],
    [{ key, gate: 'a' }],
    [{ key: 'x', gate: 'a', at: 1 }],
    [{ key, gate: '', at: 1 }],
    [{ key, gate: '<b>\n', at: 1 }],
    [null],
    ['text'],
  ])('no sighting: %j', (value) => expect(readSighting(value)).toBeUndefined());

  it('a sighting, an answer and a site with members of a later version', () => {
    expect(readSighting({ key, gate: 'a', at: 1, lane: 2 })).toEqual({ key, gate: 'a', at: 1 });
    expect(readClaimAnswer({ first: true, more: 1 })).toEqual({ first: true });
    expect(readClaimAnswer({ first: false, gate: 'a' })).toBeUndefined();
    expect(readGroup({ site: 's', gates: { a: 'A' } })).toEqual({ site: 's', gates: { a: 'A' } });
    expect(readGroup({ site: 's', gates: { a: 1 } })).toBeUndefined();
  });

  it('of codes shown twice the good ones, and no more than a phone keeps', () => {
    const one = { seq: 1, at: 1, gate: 'a', otherAt: 2 };
    expect(readShownTwice([one, { ...one, seq: 0 }, 'x', null])).toEqual([one]);
    expect(readShownTwice(Array(1000).fill(one))).toHaveLength(maxTwice);
    expect(readShownTwice({ 0: one })).toEqual([]);
  });
});
