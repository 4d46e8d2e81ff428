import type { LocalizedText } from '../../../core/terms.ts';
import type { IssuerEntry } from '../../../core/trust/bundle.ts';
import { epochSeconds, toMillis } from '../../../core/units.ts';
import { showPlace } from '../place/show-place.ts';
import type { AppStore } from '../store.ts';
import { temperatureRule } from './temperature-rule.ts';
import type { TrustKeeper } from './trust-keeper.ts';

/**
 * Puts the age and deadline of the trust set on the status line, and what it asks of this gate. One
 * that holds a demo key makes every screen say DEMO from now on, whatever root the app is built on.
 */
export function showTrust(store: AppStore, trust: TrustKeeper, problem?: string): void {
  const view = trust.view();
  if (trust.isDemo()) store.setState({ demo: true });
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
        statuses: Object.fromEntries(view.bundle.issuers.map((one) => [one.id, labelsOf(one)])),
      }),
      ...(lists.length > 0 && { listAt: toMillis(epochSeconds(Math.min(...lists))) }),
      ...(temperature && { temperature }),
      ...(problem !== undefined && { problem }),
    },
  });
  showPlace(store, trust);
}

const labelsOf = ({ states }: IssuerEntry): Readonly<Record<string, LocalizedText>> =>
  Object.fromEntries(Object.entries(states).map(([status, { label }]) => [status, label]));
