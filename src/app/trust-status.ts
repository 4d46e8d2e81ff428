import type { TrustView } from '../core/trust/view.ts';
import { epochSeconds, toMillis } from '../core/units.ts';
import type { AppStore } from './store.ts';
import { temperatureRule } from './temperature-rule.ts';

/** Puts the age and deadline of the trust set on the status line, and what it asks of this gate. */
export function showTrust(store: AppStore, view: TrustView | undefined, problem?: string): void {
  const lists = view ? [...view.lists.values()].map(({ iat }) => iat) : [];
  const { gate } = store.getState();
  const temperature = view && gate && temperatureRule(view.bundle, gate);
  store.setState({
    trust: {
      ...(view && {
        bundle: view.bundle.version,
        iat: toMillis(epochSeconds(view.bundle.iat)),
        exp: toMillis(view.exp),
        issuers: Object.fromEntries(view.bundle.issuers.map(({ id, name }) => [id, name])),
      }),
      ...(lists.length > 0 && { listAt: toMillis(epochSeconds(Math.min(...lists))) }),
      ...(temperature && { temperature }),
      ...(problem !== undefined && { problem }),
    },
  });
}
