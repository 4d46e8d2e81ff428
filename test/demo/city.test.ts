import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { gateFacts, siteFacts } from '../../src/core/console/gates.ts';
import { epochMillis } from '../../src/core/units.ts';
import { reasonStates } from '../../src/core/verify/verdict.ts';
import { makeCity } from '../../src/demo/city/city.ts';
import { dice } from '../../src/demo/city/dice.ts';
import { cityGates } from '../../src/demo/city/places.ts';
import { daysBack, logOf } from '../../src/demo/city/shifts.ts';

const now = epochMillis(Date.UTC(2026, 10, 27, 9, 30)); // half past five in the afternoon in China
const calendar = { seed: 'kakou', now, offset: 480 };

describe('the made-up city of a demo hub', () => {
  it('has gates and sites as an operator could have made them, each marked as the demo’s', () => {
    const { gates, sites, phones } = makeCity(calendar);
    for (const gate of gates) expect(v.parse(gateFacts, gate).id).toMatch(/^demo-/);
    for (const site of sites) expect(v.parse(siteFacts, site).name).toMatch(/（演示）$/);
    for (const { site, zone } of gates) {
      const at = sites.find(({ id }) => id === site);
      expect(zone === undefined || at?.zones.some(({ id }) => id === zone)).toBe(true);
    }
    expect(new Set(phones.map(({ gate }) => gate)).size).toBe(gates.length);
  });

  it('is the same for the same seed, and another for another', () => {
    const logs = (seed: string) => cityGates.map((gate) => logOf(gate, { ...calendar, seed }));
    expect(logs('kakou')).toEqual(logs('kakou'));
    expect(logs('kakou')).not.toEqual(logs('other'));
  });

  it.each([0, 5.9, 6.01, 13.99, 14.01, 21.5, 23.9])(
    'writes nothing from the future or out of order, and nobody outside a shift, at %s o’clock',
    (hour) => {
      const at = epochMillis(Date.UTC(2026, 10, 26, 16) + hour * 3_600_000);
      for (const gate of cityGates) {
        const log = logOf(gate, { ...calendar, now: at });
        let shift: string | undefined;
        for (const [i, one] of log.entries()) {
          if (one.body.type === 'shift-start') shift = one.shift;
          expect(one.shift).toBe(shift);
          if (one.body.type === 'shift-end') shift = undefined;
          expect(one.at).toBeLessThanOrEqual(at);
          if (one.body.type === 'decision' || one.body.type === 'manual')
            expect(one.body.ref).toBeLessThan(i + 1);
          if (one.body.type === 'scan')
            expect(reasonStates[one.body.reason]).toContain(one.body.state);
        }
      }
    },
  );

  it('goes back so many days, with a rush in the morning and one in the evening', () => {
    const metro = cityGates.find(({ id }) => id === 'demo-metro-a');
    const log = metro ? logOf(metro, calendar) : [];
    const first = log[0]?.at ?? 0;
    expect(Math.round((now - first) / 86_400_000)).toBe(daysBack);
    const scans = log.filter(({ body }) => body.type === 'scan');
    const at = (hour: number) =>
      scans.filter(({ at: time }) => new Date(time + 8 * 3_600_000).getUTCHours() === hour).length;
    expect(at(8)).toBeGreaterThan(2 * at(12));
    expect(at(17)).toBeGreaterThan(2 * at(21));
  });
});

describe('the dice', () => {
  it('fall evenly enough, and as the seed says', () => {
    const die = dice('a');
    const counts = Array<number>(6).fill(0);
    for (let i = 0; i < 6000; i++) {
      const side = die.between(1, 6) - 1;
      counts[side] = (counts[side] ?? 0) + 1;
    }
    for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(150);
    expect(dice('a').letters(20)).toBe(dice('a').letters(20));
    expect(dice('a').letters(20)).not.toBe(dice('b').letters(20));
  });
});
