import type { ShownTwice } from '../../../core/sightings/sighting.ts';
import { useApp, useWords } from '../use-ui.ts';

/** What a gate is called; its id where nobody has said. */
export function useGateName(): (shown: Pick<ShownTwice, 'gate' | 'name'>) => string {
  const gates = useApp((state) => state.group?.gates);
  return ({ gate, name }) => name ?? gates?.[gate] ?? gate;
}

/** Where else the code of this scan was let in, found after a sync. */
export function useTwiceLine(seq: number): string | undefined {
  const twice = useApp((state) => state.twice);
  const nameOf = useGateName();
  const { t, f } = useWords();
  const one = twice?.find((shown) => shown.seq === seq);
  return one && t('twice.line', { gate: nameOf(one), time: f.time(one.otherAt, true) });
}
