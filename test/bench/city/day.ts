import { createDice } from '../../faults/dice.ts';
import { createCity } from './engines.ts';
import { cut, fullestMinute, type Trace } from './trace.ts';

/** When what happens in the simulated hour, in milliseconds from its beginning. */
export const plan = {
  /** Within so long every guard has opened the app and begun a shift. */
  morningMs: 10 * 60_000,
  /** The day is over by UTC, and the lists of the next one are there: 08:00 in Beijing. */
  listAt: 30 * 60_000,
  goneAt: 40 * 60_000,
  backAt: 50 * 60_000,
  endMs: 55 * 60_000,
} as const;
/** Half an hour before midnight. */
const start = Date.UTC(2026, 5, 1, 23, 30);
const stepMs = 500;

export interface DayOfCity {
  readonly phones: number;
  readonly seed: number;
  /** People at each gate in a minute. */
  readonly people: number;
}

/** The same minutes of every day, one second of which is one of the day. */
export const scenes = ['morning', 'ordinary', 'list', 'back'] as const;
export type Scene = (typeof scenes)[number];
export const sceneWords: Readonly<Record<Scene, string>> = {
  morning: 'the fullest minute of the ten in which every shift begins',
  ordinary: 'an ordinary minute',
  list: 'the minute after the lists of the day are published',
  back: 'the minute after a network is back that was gone for ten',
};

/**
 * Lives an hour with real phones: shifts begin, people come, lists are published, the network goes for
 * ten minutes and comes back, for all phones in the same moment.
 */
export async function liveDay({ phones: many, seed, people }: DayOfCity): Promise<Trace> {
  const city = await createCity(many, seed, start);
  try {
    const dice = createDice(seed);
    const opensAt = city.phones.map(() => dice.whole(plan.morningMs));
    const chance = (people * stepMs) / 60_000;
    while (city.now() < plan.endMs) {
      await city.pass(stepMs);
      const now = city.now();
      if (now === plan.goneAt) city.setOnline(false);
      if (now === plan.backAt) city.setOnline(true);
      const opening = city.phones.filter(
        (phone, i) => !phone.isOpen && (opensAt[i] ?? 0) <= now && now < plan.goneAt,
      );
      await Promise.all(opening.map((phone) => phone.open()));
      const code = await city.code();
      for (const phone of city.phones) {
        if (phone.state()?.trust.bundle === undefined) continue;
        if (!phone.state()?.shift) await phone.startShift();
        else if (dice.chance(chance)) void phone.present(code);
      }
      const isOpening = () => opening.every((phone) => phone.state()?.trust.bundle !== undefined);
      if (opening.length > 0) await city.waitFor(isOpening);
    }
    return city.trace();
  } finally {
    city.close();
  }
}

/** The minute of the day that a scene is. */
export function minuteOf(day: Trace, scene: Scene): Trace {
  const from: Readonly<Record<Scene, number>> = {
    morning: fullestMinute(cut(day, 0, plan.morningMs)),
    ordinary: plan.listAt - 5 * 60_000,
    list: plan.listAt,
    back: plan.backAt,
  };
  return cut(day, from[scene], from[scene] + 60_000);
}
