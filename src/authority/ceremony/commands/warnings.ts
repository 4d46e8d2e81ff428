import type { Bundle, IssuerEntry } from '../../../core/trust/bundle.ts';
import { openList } from '../../../core/trust/lists/lists.ts';
import type { StatusList } from '../../../core/trust/lists/status-list.ts';
import { changesBetween } from '../../lists/status-bits.ts';
import { type Desk, newestLists } from '../desk.ts';
import { type State, statusesOf } from '../files/authority-file.ts';

/** `2027-01-15 06:00 UTC`. */
export const utc = (seconds: number): string =>
  `${new Date(seconds * 1000).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

const soon = 30 * 24 * 3600;

/** What the operator should know: changes not yet published, lists that grow old, keys that end. */
export async function warnings(desk: Desk, state: State): Promise<string[]> {
  const { now, root } = desk;
  const lines: string[] = [];
  if (root.exp - now < soon) lines.push(`root ${root.version} ends ${utc(root.exp)}: rotate-root`);
  for (const issuer of state.bundle.issuers) {
    if (issuer.state === 'retired') continue;
    lines.push(...keyWarnings(issuer, now), ...(await listWarnings(desk, state, issuer)));
  }
  return lines.map((line) => `! ${line}`);
}

function keyWarnings({ id, keys }: IssuerEntry, now: number): string[] {
  return keys
    .filter(({ exp, nbf }) => exp > now && exp - now < Math.min(soon, (exp - nbf) / 4))
    .map(({ kid, exp }) => `key ${kid} of ${id} ends ${utc(exp)}: add-key`);
}

async function listWarnings(desk: Desk, state: State, { id }: IssuerEntry): Promise<string[]> {
  if (!state.statuses[id]) return [];
  const list = await newestList(desk, state, id);
  if (!list) return [`${id} has no list that phones would take: publish-list`];
  const open = await unpublished(desk, state, id);
  const age = Math.floor((desk.now - list.iat) / 3600);
  return [
    ...(open > 0 ? [`${open} changes of ${id} are in no list: publish-delta or publish-list`] : []),
    ...(age >= 24 ? [`the list of ${id} is ${age} h old: publish-list`] : []),
  ];
}

/** How many indices have another status than the newest list says. */
export async function unpublished(desk: Desk, state: State, id: string): Promise<number> {
  const list = await newestList(desk, state, id);
  if (!list) return 0;
  const changes = changesBetween(list, await statusesOf(state, id));
  return changes.reduce((sum, { indices }) => sum + indices.length, 0);
}

/** The issuer's newest list, staged or published, opened as a phone would now. */
export async function newestList(
  desk: Desk,
  state: State,
  id: string,
  { withDelta = true } = {},
): Promise<StatusList | undefined> {
  const issuer = state.bundle.issuers.find((known) => known.id === id);
  if (!issuer?.list) return undefined;
  const files = (await newestLists(desk, [issuer]))[id];
  const { delta: _, ...full } = issuer.list;
  const dated: Bundle = { ...state.bundle, version: 1, root: 1, iat: desk.now, exp: desk.now };
  const opened = await openList(issuer, withDelta ? issuer.list : full, files, dated);
  return opened.ok ? opened.value : undefined;
}
