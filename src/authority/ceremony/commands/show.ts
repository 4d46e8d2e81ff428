import type { Answer } from '../../../node/program.ts';
import { peekBundle } from '../../trust-folder.ts';
import type { Desk } from '../desk.ts';
import { hubFacts, newestHubPair } from '../hub-keys.ts';
import { keyFacts } from '../issuers.ts';
import { rootFacts } from '../publish.ts';
import { unpublished, utc, warnings } from './warnings.ts';

/** The authority at a glance: what is in force, until when, and what is to be done. */
export async function show(desk: Desk): Promise<Answer> {
  const { root, state, now, published } = desk;
  const bundle = published.bundle && peekBundle(published.bundle);
  const names = (keys: readonly { readonly kid: string }[]) =>
    keys.map(({ kid }) => kid).join(', ');
  const lines = [
    `root ${root.version}     until ${utc(root.exp)}; ${root.threshold} of ${names(state.root.keys)}`,
    `bundle keys  ${root.bundleThreshold} of ${names(state.root.bundleKeys)}`,
    `hub keys     ${state.bundle.hub.receiptKeys.length}, the newest ${newestHubPair(state)}`,
    bundle
      ? `bundle ${bundle.version}   until ${utc(bundle.exp)}${now >= bundle.exp ? ': EXPIRED' : ''}`
      : 'no bundle published yet',
  ];
  for (const { id, state: own, retiredOn, keys, list } of state.bundle.issuers) {
    lines.push(`${id}  ${own}${retiredOn === undefined ? '' : `, retired on ${retiredOn}`}`);
    for (const { kid, typs, nbf, exp } of keys) {
      const phase = now < nbf ? `from ${utc(nbf)} ` : now >= exp ? 'ENDED ' : '';
      lines.push(`  key ${kid}  ${typs.join(', ')}  ${phase}until ${utc(exp)}`);
    }
    const packed = state.statuses[id];
    if (!packed) continue;
    const { invalid, suspended, size } = packed;
    const open = await unpublished(desk, state, id);
    lines.push(
      `  list ${list ? `of ${list.day}${list.delta ? ' with delta' : ''}` : 'not signed yet'}, ` +
        `${invalid} revoked, ${suspended} suspended of ${size}${open > 0 ? `, ${open} in no list` : ''}`,
    );
  }
  const todo = await warnings(desk, state);
  return { say: [...lines, ...todo], facts: await factsOf(desk, todo) };
}

/** What public files say anyway, with what is to be done. Times in seconds since 1970. */
async function factsOf(desk: Desk, todo: readonly string[]): Promise<object> {
  const { root, state, published } = desk;
  const bundle = published.bundle && peekBundle(published.bundle);
  const issuers = state.bundle.issuers.map(async ({ id, state: own, retiredOn, keys, list }) => {
    const { invalid = 0, suspended = 0, size = 0 } = state.statuses[id] ?? {};
    return {
      ...{ id, state: own, retiredOn: retiredOn ?? null },
      keys: keys.map(keyFacts),
      list: list ? { day: list.day, delta: list.delta !== undefined } : null,
      ...{ invalid, suspended, size, unpublished: await unpublished(desk, state, id) },
    };
  });
  return {
    root: rootFacts(root),
    rootKeys: state.root.keys.map(({ kid }) => kid),
    bundleThreshold: root.bundleThreshold,
    bundleKeys: state.root.bundleKeys.map(({ kid }) => kid),
    hubKeys: hubFacts(state),
    bundle: bundle ? { version: bundle.version, exp: bundle.exp } : null,
    issuers: await Promise.all(issuers),
    todo: todo.map((one) => one.replace(/^! /, '')),
  };
}
