import type { DemoPassRequest } from '../../../src/demo/demo-pass.ts';
import type { Dice } from '../../faults/dice.ts';
import type { TabletByHand } from './by-hand.ts';

/** Somebody at the door. */
export interface Visitor {
  readonly text: string;
  readonly kind: string;
  /** A kiosk may let them in by it, once. */
  mayPass: boolean;
}

const strays = ['https://example.org/v#AAAA', '13800138000', 'WIFI:S:x;;', 'kakou:enrol#a=b'];
const bad: readonly (readonly [string, Partial<DemoPassRequest>, ageS: number])[] = [
  ['red', { state: 'r' }, 2],
  ['yellow', { issuer: 'CN-HE', state: 'y' }, 2],
  ['screenshot', {}, 600],
  ['relative', { relative: true }, 2],
  ['paper', { kind: 'paper' }, 3600],
  ['elsewhere', { aud: 'another-gate' }, 2],
];

/** Who comes: most with a good code, some with every other kind, some with the one before them. */
export function createVisitors({ code }: Pick<TabletByHand, 'code'>, dice: Dice) {
  let before: Visitor | undefined;
  return async (): Promise<Visitor> => {
    if (before && dice.chance(0.06)) return before;
    if (dice.chance(0.06))
      return { text: dice.pick(['', ...strays]), kind: 'stray', mayPass: false };
    const isGood = dice.chance(0.72);
    const [kind, request, ageS] = (isGood ? undefined : bad[dice.whole(bad.length)]) ?? [
      'good',
      {},
      dice.whole(20),
    ];
    before = { text: await code(request, ageS), kind, mayPass: kind === 'good' };
    return before;
  };
}
