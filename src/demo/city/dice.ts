/** Numbers that look random and are the same for the same seed (xmur3 and sfc32). Not for secrets. */
export interface Dice {
  /** From 0 to below 1. */
  roll(): number;
  /** A whole number from `from` to `to`, both with. */
  between(from: number, to: number): number;
  /** One of them, by weight. */
  pick<T>(weighted: readonly (readonly [weight: number, value: T])[]): T;
  /** So many letters of base64url. */
  letters(count: number): string;
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

export function dice(seed: string): Dice {
  const next = hashes(seed);
  let [a, b, c, d] = [next(), next(), next(), next()];
  const roll = () => {
    const t = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + t;
    c |= 0;
    return (t >>> 0) / 2 ** 32;
  };
  for (let i = 0; i < 12; i++) roll();
  return {
    roll,
    between: (from, to) => from + Math.floor(roll() * (to - from + 1)),
    pick(weighted) {
      const sum = weighted.reduce((all, [weight]) => all + weight, 0);
      let left = roll() * sum;
      for (const [weight, value] of weighted) {
        left -= weight;
        if (left < 0) return value;
      }
      const last = weighted.at(-1);
      if (!last) throw new Error('nothing to pick from');
      return last[1];
    },
    letters: (count) =>
      Array.from({ length: count }, () => alphabet[Math.floor(roll() * 64)]).join(''),
  };
}

function hashes(text: string): () => number {
  let hash = 1_779_033_703 ^ text.length;
  for (let i = 0; i < text.length; i++) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 3_432_918_353);
    hash = (hash << 13) | (hash >>> 19);
  }
  return () => {
    hash = Math.imul(hash ^ (hash >>> 16), 2_246_822_507);
    hash = Math.imul(hash ^ (hash >>> 13), 3_266_489_909);
    hash ^= hash >>> 16;
    return hash >>> 0;
  };
}
