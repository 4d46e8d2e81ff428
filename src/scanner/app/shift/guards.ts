import { type AppStore, clear } from '../store.ts';
import type { DeviceStore } from '../stores.ts';

/** How many guards are offered by name, and how long a name may be. */
const mostGuards = 6;
export const longestName = 32;

/** In the place of a name where nobody stands (app/kiosk): the log's word, the same in every language. */
export const nobodyOnDuty = '无人值守 · Kiosk';

/** The last guards as kept: newest first, each once. What is no name is left out. */
export function readGuards(kept: unknown): readonly string[] {
  const names = Array.isArray(kept) ? kept.filter((name) => typeof name === 'string') : [];
  const fit = names.filter((name) => name !== '' && name.length <= longestName);
  return [...new Set(fit)].slice(0, mostGuards);
}

interface Needs {
  readonly store: AppStore;
  readonly device: Pick<DeviceStore, 'changeGuards'>;
}

/**
 * Who comes on duty is offered by name the next time. On this phone only: names of staff, nobody
 * else's, and no more than the log of their shifts says anyway.
 */
export const rememberGuard = async (parts: Needs, name: string): Promise<void> => {
  if (name === nobodyOnDuty) return;
  await change(parts, (names) => [name, ...names.filter((known) => known !== name)]);
};

/** Offers this name no more; without a name, none at all. The log of their shifts stays. */
export const forgetGuard = (parts: Needs, name?: string): Promise<void> =>
  change(parts, (names) => (name === undefined ? [] : names.filter((known) => known !== name)));

async function change(
  { store, device }: Needs,
  next: (names: readonly string[]) => readonly string[],
): Promise<void> {
  let guards: readonly string[] = [];
  await device.changeGuards((kept) => {
    guards = readGuards(next(readGuards(kept)));
    return guards;
  });
  if (guards.length === 0) clear(store, 'guards');
  else store.setState({ guards });
}
