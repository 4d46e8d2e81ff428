import { refusal } from '../../node/command-error.ts';
import { generateKey, publicHalf } from '../keys.ts';
import type { Desk } from './desk.ts';
import type { State } from './files/authority-file.ts';
import type { Change } from './files/commit.ts';
import { keyFile } from './files/key-files.ts';

/** The number of the hub's newest pair: `hub` is the first, `hub-2` the next. */
export const newestHubPair = ({ root }: State): string =>
  root.made.hub === undefined ? 'hub' : `hub-${root.made.hub}`;

/** How many pairs count, and the newest, as `show` has them. */
export const hubFacts = (state: State) => ({
  count: state.bundle.hub.receiptKeys.length,
  newest: newestHubPair(state),
});

/** A further pair for the hub. Phones learn of it with the next bundle; the old one counts on. */
export async function addHubKeys({ state }: Desk): Promise<Change> {
  const { receiptKeys, timeKeys } = state.bundle.hub;
  const made = { ...state.root.made, hub: (state.root.made.hub ?? 1) + 1 };
  const receipt = await generateKey(`receipt-${made.hub}`);
  const time = await generateKey(`time-${made.hub}`);
  const hub = {
    receiptKeys: [...receiptKeys, publicHalf(receipt)],
    timeKeys: [...timeKeys, publicHalf(time)],
  };
  const next = withHub({ ...state, root: { ...state.root, made } }, hub);
  const name = newestHubPair(next);
  return {
    state: next,
    outputs: [keyFile(name, { receipt, time })],
    say: [
      `new pair private/${name}.json: publish, and start the hub with it once phones have the bundle`,
      'the pair before stays good until retire-hub-keys',
    ],
    facts: { hubKeys: hubFacts(next) },
  };
}

/** The oldest pair counts no more with the next bundle. The last one stays. */
export function retireHubKeys({ state }: Desk): Change {
  const [, ...receiptKeys] = state.bundle.hub.receiptKeys;
  const [, ...timeKeys] = state.bundle.hub.timeKeys;
  if (receiptKeys.length === 0 || timeKeys.length === 0) {
    throw refusal('the hub has one pair only; see add-hub-keys');
  }
  const next = withHub(state, { receiptKeys, timeKeys });
  return {
    state: next,
    facts: { hubKeys: hubFacts(next) },
    say: ['the oldest pair of the hub counts no more once phones have the next bundle: publish'],
  };
}

const withHub = (state: State, hub: State['bundle']['hub']): State => ({
  ...state,
  bundle: { ...state.bundle, hub },
});
