import type { DecisionBody, EntryBody, ScanBody } from '../../core/log/entry.ts';
import type { Reason, VerdictState } from '../../core/verify/verdict.ts';
import type { Dice } from './dice.ts';

type Seen = readonly [weight: number, seen: readonly [VerdictState, Reason]];

/** What scanners meet on an ordinary day, of a thousand. */
const seen: readonly Seen[] = [
  [905, ['pass', 'admitted']],
  [16, ['check', 'already-scanned']],
  [12, ['check', 'relative-held']],
  [9, ['check', 'notice']],
  [8, ['check', 'paper-check-id']],
  [7, ['check', 'colour-caution']],
  [14, ['stop', 'stale']],
  [7, ['stop', 'expired']],
  [4, ['stop', 'colour-stop']],
  [3, ['stop', 'bad-signature']],
  [2, ['stop', 'revoked']],
  [8, ['unknown', 'not-a-pass']],
  [5, ['unknown', 'unknown-key']],
];
const issuers = [
  [70, 'CN-TJ'],
  [20, 'CN-HE'],
  [10, 'CN'],
] as const;
/** Of these nothing is known but that they were shown. */
const nameless: ReadonlySet<Reason> = new Set(['not-a-pass', 'bad-signature', 'unknown-key']);

/** One person: the scan, and what the guard made of it. `seq` is the scan's. */
export function personOf(dice: Dice, seq: number, direction: 'in' | 'out'): EntryBody[] {
  const [state, reason] = dice.pick(seen);
  const scan = {
    type: 'scan',
    method: dice.pick([
      [9, 'camera'],
      [1, 'wedge'],
    ] as const),
    ...{ state, reason },
    ...(!nameless.has(reason) && passOf(dice, reason)),
    ...(dice.roll() < 0.06 && { companions: dice.between(1, 3) }),
    ...{ bundle: 1, list: 1 },
    ...(direction === 'out' && { dir: 'out' }),
  } as ScanBody;
  if (state === 'pass') return [scan];
  if (state === 'unknown')
    return [scan, { type: 'manual', ref: seq, category: 'no-code', admitted: dice.roll() < 0.8 }];
  return [scan, ...wordOf(dice, seq, { state, reason })];
}

const passOf = (dice: Dice, reason: Reason): Partial<ScanBody> => ({
  kind: reason === 'paper-check-id' ? 'paper' : 'live',
  iss: dice.pick(issuers),
  jti: dice.letters(16),
  st: reason === 'colour-stop' ? 'r' : reason === 'colour-caution' ? 'y' : 'g',
  ageS: reason === 'stale' ? dice.between(90, 4000) : dice.between(1, 40),
});

/** Now and then nobody says how it ended. */
function wordOf(
  dice: Dice,
  ref: number,
  verdict: { readonly state: VerdictState; readonly reason: Reason },
): DecisionBody[] {
  if (dice.roll() < 0.05) return [];
  const admits = verdict.state === 'check' && dice.roll() < 0.85;
  return [
    {
      ...{ type: 'decision', ref, ...verdict, by: 'guard' },
      ...(admits
        ? { outcome: 'admitted' }
        : {
            outcome: 'refused',
            why: dice.pick([
              [3, 'not-allowed'],
              [2, 'left'],
              [1, 'no-document'],
            ] as const),
          }),
    },
  ];
}
