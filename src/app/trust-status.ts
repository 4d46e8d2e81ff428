import type { TrustView } from '../core/trust/view.ts';
import { epochSeconds, toMillis } from '../core/units.ts';
import type { AppStore } from './store.ts';

/** Puts the age and deadline of the trust set on the status line. */
export function showTrust(store: AppStore, view: TrustView | undefined, problem?: string): void {
  const lists = view ? [...view.lists.values()].map(({ iat }) => iat) : [];
  store.setState({
    trust: {
      ...(view && {
        bundle: view.bundle.version,
        iat: toMillis(epochSeconds(view.bundle.iat)),
        exp: toMillis(view.exp),
      }),
      ...(lists.length > 0 && { listAt: toMillis(epochSeconds(Math.min(...lists))) }),
      ...(problem !== undefined && { problem }),
    },
  });
}
