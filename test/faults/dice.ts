/** Repeatable choices: the same seed makes the same plan. What the network does between stays real. */
export interface Dice {
  /** 0 to 1, 1 never. */
  next(): number;
  chance(probability: number): boolean;
  /** A whole number from 0 to `below` - 1. */
  whole(below: number): number;
  pick<T>(choices: readonly [T, ...T[]]): T;
}

export function createDice(seed: number): Dice {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const whole = (below: number) => Math.floor(next() * below);
  return {
    next,
    whole,
    chance: (probability) => next() < probability,
    pick: (choices) => choices[whole(choices.length)] ?? choices[0],
  };
}
