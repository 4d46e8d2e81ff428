import { epochSeconds } from '../../src/core/units.ts';
import { demoKeys } from '../../src/demo/demo-keys.ts';
import { demoPass } from '../../src/demo/demo-pass.ts';
import type { Dice } from './dice.ts';

/** A text as it is held in front of a camera, and whether any scanner may ever say pass to it now. */
export interface Presented {
  readonly text: string;
  readonly kind: string;
  readonly mayPass: boolean;
}

const keys = demoKeys();
let count = 0;

/** Somebody comes to the gate, at `now` (ms). More than half of them are as they should be. */
export async function nextPerson(dice: Dice, now: number): Promise<Presented> {
  const kinds = ['stale', 'future', 'red', 'forged', 'nonsense', 'link'] as const;
  const kind = dice.chance(0.6) ? 'good' : dice.pick(kinds);
  if (kind === 'good') return goodPerson(dice, now);
  return { kind, text: await badText(kind, dice, now), mayPass: false };
}

/** Somebody whose code is as it should be. */
export const goodPerson = async (dice: Dice, now: number): Promise<Presented> => ({
  ...{ kind: 'good', mayPass: true },
  text: await live('g', dice.whole(20), now),
});

/** A code of so long ago (or, negative, made for later): fresh to a clock that is wrong by as much. */
export async function codeOfAge(ageMs: number, dice: Dice, now: number): Promise<Presented> {
  const text = await live('g', Math.round(ageMs / 1000) + dice.whole(20), now);
  return { kind: ageMs > 0 ? 'stale' : 'future', text, mayPass: false };
}

async function live(state: string, ageS: number, now: number): Promise<string> {
  const jti = new Uint8Array(12);
  new DataView(jti.buffer).setUint32(0, ++count);
  crypto.getRandomValues(jti.subarray(4));
  const at = epochSeconds(Math.floor(now / 1000) - ageS);
  const made = await demoPass(keys, { issuer: 'CN-TJ', state, kind: 'live', form: 'cwt', at, jti });
  if (!made.ok) throw new Error(made.error);
  return made.value.text;
}

async function badText(
  kind: 'stale' | 'future' | 'red' | 'forged' | 'nonsense' | 'link',
  dice: Dice,
  now: number,
): Promise<string> {
  switch (kind) {
    case 'stale':
      return live('g', 150 + dice.whole(1000), now);
    case 'future':
      return live('g', -(100 + dice.whole(1000)), now);
    case 'red':
      return live(dice.pick(['r', 'o']), dice.whole(20), now);
    case 'forged':
      return forge(await live('g', 3, now), dice);
    case 'nonsense':
      return `KK1:${dice.whole(1e9)}NONSENSE`;
    case 'link':
      return `https://example.org/${dice.whole(1e9)}`;
  }
}

/** One character of the code is another one. */
function forge(text: string, dice: Dice): string {
  const at = 4 + dice.whole(text.length - 4);
  const other = text[at] === 'A' ? 'B' : 'A';
  return `${text.slice(0, at)}${other}${text.slice(at + 1)}`;
}
