import type { Phone } from '../../../ports/phone.ts';
import type { AppState } from '../state.ts';
import type { AppStore } from '../store.ts';

/** Whether the screen must stay on: a shift runs, and the guard is not on a break. */
const isOnShift = ({ shift }: AppState): boolean =>
  shift !== undefined && shift.pausedAt === undefined;

/**
 * Keeps the screen of a phone that stands at a gate on during the shift, over breaks and restarts,
 * and lets it go dark otherwise.
 */
export function keepAwake(
  store: AppStore,
  phone: (() => Promise<Pick<Phone, 'keepAwake'>>) | undefined,
): { stop(): void } {
  let told = false;
  const tell = (wanted: boolean): void => {
    if (wanted === told) return;
    told = wanted;
    // of two changes in a row the last one counts, whichever loads first
    void phone?.().then(
      (loaded) => loaded.keepAwake(told),
      () => undefined,
    );
  };
  const unsubscribe = store.subscribe((state) => tell(isOnShift(state)));
  tell(isOnShift(store.getState()));
  return {
    stop() {
      unsubscribe();
      tell(false);
    },
  };
}
