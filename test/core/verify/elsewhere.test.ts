import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { epochMillis } from '../../../src/core/units.ts';
import { admitPass, openPass } from '../../../src/core/verify/pipeline.ts';
import type { GateFacts } from '../../../src/core/verify/venue-rules.ts';
import type { Sighting } from '../../../src/core/verify/verdict.ts';
import { at, cwt, demoView, good, home } from '../../support/passes.ts';

const now = { at: epochMillis(at * 1000), quality: 'synced' } as const;
const passed = { state: 'pass', reason: 'admitted' } as const;
const seenAt = (agoMs: number, gate = 'west'): Sighting => ({
  ...{ gate, at: epochMillis(now.at - agoMs), verdict: passed },
});

async function admitted(state: string, elsewhere?: Sighting, gate: GateFacts = home) {
  const trust = await demoView();
  const text = await cwt({ claims: good({ hc: { st: state } }) });
  const opened = await openPass(text, { now, trust, gate });
  if ('end' in opened) throw new Error(opened.end.reason);
  return admitPass(opened.genuine, { now, gate, elsewhere });
}
const words = async (...asked: Parameters<typeof admitted>) => {
  const { verdict } = await admitted(...asked);
  return `${verdict.state}/${verdict.reason}`;
};

describe('a code let in at another gate of the site', () => {
  it('is a check with gate and time, and is not remembered as let in here', async () => {
    const { verdict, sightings } = await admitted('g', seenAt(12_000));
    expect(verdict).toMatchObject({
      ...{ state: 'check', reason: 'shown-elsewhere', seen: seenAt(12_000) },
    });
    expect(sightings).toEqual([]);
  });

  it.each([
    [0, 'check/shown-elsewhere'],
    [300_000, 'check/shown-elsewhere'],
    [300_001, 'pass/admitted'],
    [-30_000, 'check/shown-elsewhere'],
    [-9e12, 'check/shown-elsewhere'],
    [Number.NaN, 'check/shown-elsewhere'],
  ])('%d ms ago: %s', async (ago, expected) => {
    expect(await words('g', seenAt(ago))).toBe(expected);
  });

  it('by another phone of this very gate is already scanned', async () => {
    expect(await words('g', seenAt(5000, home.id))).toBe('check/already-scanned');
  });

  it('that is red here stays red, and what nobody can decide stays undecided', async () => {
    expect(await words('r')).toBe('stop/colour-stop');
    expect(await words('r', seenAt(1000))).toBe('stop/colour-stop');
    const hospital = { ...home, venue: 'hospital' } as const;
    expect(await words('g', undefined, hospital)).toBe('unknown/original-way');
    expect(await words('g', seenAt(1000), hospital)).toBe('unknown/original-way');
  });

  it('whatever is told of it, it never turns milder or green', async () => {
    const severity = ['pass', 'check', 'unknown', 'stop'];
    const anything = fc.record({
      gate: fc.oneof(fc.constant(home.id), fc.string()),
      at: fc.oneof(fc.double(), fc.integer()),
      verdict: fc.constant(passed),
    });
    await fc.assert(
      fc.asyncProperty(fc.constantFrom('g', 'o', 'r'), anything, async (state, told) => {
        const without = (await admitted(state)).verdict.state;
        const { verdict } = await admitted(state, told as Sighting);
        expect(severity.indexOf(verdict.state)).toBeGreaterThanOrEqual(severity.indexOf(without));
      }),
      { numRuns: 60 },
    );
  });
});
