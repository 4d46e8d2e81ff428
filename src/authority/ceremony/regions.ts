import { refusal } from '../../node/command-error.ts';
import type { Desk } from './desk.ts';
import { issuerIn } from './files/authority-file.ts';
import type { Change } from './files/commit.ts';

/** The region gets a bundle of its own, which pins the lists of these issuers; with the next `publish`. */
export function setRegion({ state }: Desk, region: string, near: readonly string[]): Change {
  for (const id of near) issuerIn(state, id);
  const issuers = [...new Set(near)];
  return {
    state: { ...state, regions: { ...state.regions, [region]: issuers } },
    say: [`${region} holds the lists of ${issuers.join(', ')}`, 'see publish'],
    facts: { region, near: issuers },
  };
}

/** No further bundle is made for the region: the last one ends by itself. */
export function removeRegion({ state }: Desk, region: string): Change {
  const { [region]: known, ...regions } = state.regions ?? {};
  if (!known) throw refusal(`there is no region ${region}; see show`);
  return {
    state: { ...state, regions },
    say: [
      `${region} gets no further bundle`,
      `let its hubs serve the bundle of all, then delete public/v1/bundles/${region}`,
    ],
    facts: { region },
  };
}
