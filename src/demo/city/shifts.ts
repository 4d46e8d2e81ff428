import type { EntryBody } from '../../core/log/entry.ts';
import { type EpochMillis, epochMillis } from '../../core/units.ts';
import { type Dice, dice } from './dice.ts';
import { personOf } from './people.ts';
import { type CityGate, crowdOf } from './places.ts';

/** What a phone writes, in the order of its log: seq by seq, from 1 on. */
export interface Written {
  readonly at: EpochMillis;
  readonly shift: string;
  readonly body: EntryBody;
}

export interface Calendar {
  readonly seed: string;
  readonly now: EpochMillis;
  /** Minutes the city's clock is ahead of UTC. */
  readonly offset: number;
}

export const daysBack = 9;
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** Two shifts a day: from hour to hour. */
const hours = [
  [6, 14],
  [14, 22],
] as const;
/** Where the last shift goes on: these fall silent, as gates do. */
const goesOn = (gate: CityGate): boolean => gate.id === 'demo-mall-west';

/** Some days of one phone at a gate, up to now. */
export function logOf(gate: CityGate, { seed, now, offset }: Calendar): Written[] {
  const today = Math.floor((now + offset * 60_000) / dayMs) * dayMs - offset * 60_000;
  const written: Written[] = [];
  for (let back = daysBack; back >= 0; back--) {
    const day = today - back * dayMs;
    const die = dice(`${seed} ${gate.id} ${back}`);
    const busy = 0.7 + die.roll() * 0.6;
    for (const [from, to] of hours) {
      const times = timesOf(gate, { die, busy, day, from, to }).filter((at) => at < now - 60_000);
      const begin = day + from * hourMs;
      if (begin > now - 60_000) continue;
      const shift = die.letters(12);
      const operator = `${die.between(1, 9)}${die.between(10, 99)}`;
      const start = { type: 'shift-start', operator, scannedWith: 'thermal-camera' } as const;
      written.push({ at: epochMillis(begin), shift, body: start });
      for (const at of times) {
        const direction = gate.direction === 'out' ? 'out' : 'in';
        const bodies = personOf(die, written.length + 1, direction);
        for (const [i, body] of bodies.entries())
          written.push({ at: epochMillis(at + i * 4000), shift, body });
      }
      const end = Math.min(day + to * hourMs, now - 30_000);
      if (end < day + to * hourMs && goesOn(gate)) continue;
      const shiftEnd = { type: 'shift-end', scans: times.length } as const;
      written.push({ at: epochMillis(end), shift, body: shiftEnd });
    }
  }
  return written;
}

interface Rush {
  readonly die: Dice;
  readonly busy: number;
  readonly day: number;
  readonly from: number;
  readonly to: number;
}

function timesOf(gate: CityGate, { die, busy, day, from, to }: Rush): number[] {
  const times: number[] = [];
  for (let hour = from; hour < to; hour++) {
    const people = Math.round((gate.people * busy * crowdOf(gate.venue, hour)) / 100);
    for (let i = 0; i < people; i++)
      times.push(Math.floor(day + (hour + die.roll()) * hourMs) + 1000);
  }
  return times.sort((a, b) => a - b);
}
