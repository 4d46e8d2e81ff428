import type { Day, Ended, GateDay, Inside, NamedCount } from '../../core/console/live.ts';
import type { HeadCount, LiveCount } from '../store/console/counts.ts';

const hourMs = 3_600_000;

const isCounted = ({ standing }: LiveCount): boolean => standing === 'counted';

export const countedBy = (counts: readonly LiveCount[], by: LiveCount['by']): LiveCount[] =>
  counts.filter((one) => one.by === by && isCounted(one));

export function ended(counts: readonly LiveCount[]): Ended {
  const sum = { people: 0, admitted: 0, refused: 0, notRecorded: 0 };
  for (const { outcome, people } of counts) {
    sum.people += people;
    if (outcome === 'admitted') sum.admitted += people;
    else if (outcome === 'refused') sum.refused += people;
    else sum.notRecorded += people;
  }
  return sum;
}

export function statesOf(counts: readonly LiveCount[]): Day['states'] {
  const sum = { pass: 0, check: 0, stop: 0, unknown: 0, manual: 0 };
  for (const { name, people } of countedBy(counts, 'state')) {
    const key = Object.hasOwn(sum, name) ? (name as keyof typeof sum) : 'manual';
    sum[key] += people;
  }
  return sum;
}

/** 24 of them, those without anybody too. */
export function hoursOf(counts: readonly LiveCount[], from: number): Day['hours'] {
  const hours = byName(countedBy(counts, 'hour'));
  return Array.from({ length: 24 }, (_, i) => from + i * hourMs).map((hour) => ({
    hour,
    ...ended(hours.get(String(hour)) ?? []),
  }));
}

/** The most people first. */
export const namedOf = (counts: readonly LiveCount[], by: 'reason' | 'issuer'): NamedCount[] =>
  [...byName(countedBy(counts, by))]
    .map(([name, mine]) => ({ name, ...ended(mine) }))
    .sort((a, b) => b.people - a.people || (a.name < b.name ? -1 : 1));

export function insideOf(counts: readonly HeadCount[]): Inside {
  const sum = { wentIn: 0, wentOut: 0, putRight: 0, inside: 0, held: 0, looks: 0 };
  for (const { went_in, went_out, put_right, inside, held, looks } of counts) {
    sum.wentIn += went_in;
    sum.wentOut += went_out;
    sum.putRight += put_right;
    sum.inside += inside;
    sum.held += held;
    sum.looks += looks;
  }
  return sum;
}

interface Gates {
  /** Shown whether anybody came or not. */
  readonly ids: readonly string[];
  readonly names: ReadonlyMap<string, string>;
  readonly heads: readonly HeadCount[];
  silentAt(gate: string): number;
}

/** Every gate that is open or of which something came, the silent ones and then the busiest first. */
export function gatesOf(counts: readonly LiveCount[], { ids, names, heads, silentAt }: Gates) {
  const byGate = byName(counts.filter(({ by }) => by === 'gate'));
  const headOf = new Map(heads.map((head) => [head.gate, head]));
  return [...new Set([...ids, ...byGate.keys()])]
    .map((gate): GateDay => {
      const mine = byGate.get(gate) ?? [];
      const head = headOf.get(gate);
      return {
        ...{ gate, name: names.get(gate) ?? gate, silent: silentAt(gate) },
        uncounted: ended(mine.filter((one) => !isCounted(one))).people,
        ...insideOf(head ? [head] : []),
        ...ended(mine.filter(isCounted)),
      };
    })
    .sort((a, b) => b.silent - a.silent || b.people - a.people || a.gate.localeCompare(b.gate));
}

function byName(counts: readonly LiveCount[]): Map<string, LiveCount[]> {
  const names = new Map<string, LiveCount[]>();
  for (const one of counts) {
    const same = names.get(one.name);
    if (same) same.push(one);
    else names.set(one.name, [one]);
  }
  return names;
}
