import { placeOf } from '../../../core/enrol/place-of.ts';
import type { TrustView } from '../../../core/trust/view.ts';
import { isExitFree } from '../../../core/verify/leaving.ts';
import { ruleFor } from '../../../core/verify/venue-rules.ts';
import { type AppStore, clear } from '../store.ts';

/** Puts on screen where this gate leads: by the bundle in force, then by what the desk has told. */
export function showPlace(
  store: AppStore,
  trust: { view(): Pick<TrustView, 'bundle'> | undefined },
): void {
  const { gate, desk } = store.getState();
  const bundle = trust.view()?.bundle;
  const place = gate && placeOf(bundle ?? {}, gate.id, desk);
  if (!place || (place.direction === 'in' && !place.zone)) {
    clear(store, 'place');
    return;
  }
  const leaving = { ...gate, leaving: true } as const;
  store.setState({
    place: {
      ...place,
      isExitFree: bundle !== undefined && isExitFree(bundle, leaving),
      asksWhenFull: bundle !== undefined && ruleFor(bundle, gate)?.full === 'check',
    },
  });
}
