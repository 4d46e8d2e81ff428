import { describe, expect, it } from 'vitest';
import { epochMillis } from '../../../../src/core/units.ts';
import { heardSightings, mostHeard } from '../../../../src/scanner/app/sightings/heard.ts';

describe('what a phone has heard', () => {
  const told = (n: number, at: number) => ({
    ...{ key: `k${n}`, gate: 'a', at: epochMillis(at) },
  });
  it('is found within the window, its edge included, and not after', () => {
    const heard = heardSightings();
    heard.keep(told(1, 1000), epochMillis(1000), 300);
    expect(heard.find('k1', epochMillis(301_000), 300)?.at).toBe(1000);
    expect(heard.find('k1', epochMillis(301_001), 300)).toBeUndefined();
    // dated ahead by a hub whose clock is: recent
    heard.keep(told(2, 90_000), epochMillis(60_000), 300);
    expect(heard.find('k2', epochMillis(60_000), 300)).toBeDefined();
  });

  it('takes no more memory in a flood, and lets go of what is over', () => {
    const heard = heardSightings();
    for (let i = 0; i < mostHeard + 5000; i++) heard.keep(told(i, 1000), epochMillis(1000), 300);
    expect(heard.size()).toBe(mostHeard);
    expect(heard.find('k0', epochMillis(1000), 300)).toBeUndefined();
    expect(heard.find(`k${mostHeard + 4999}`, epochMillis(1000), 300)).toBeDefined();
    heard.keep(told(-1, 1_000_000), epochMillis(1_000_000), 300);
    expect(heard.size()).toBe(1);
  });
});
