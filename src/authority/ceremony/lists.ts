import { limits } from '../../core/limits.ts';
import type { IssuerEntry, ListPin } from '../../core/trust/bundle.ts';
import { openList } from '../../core/trust/lists/lists.ts';
import { epochSeconds } from '../../core/units.ts';
import { refusal } from '../../node/command-error.ts';
import { dayOf, pinOf } from '../lists/pins.ts';
import { changesBetween } from '../lists/status-bits.ts';
import { signDelta, signStatusBits } from '../lists/status-list.ts';
import { newestList } from './commands/warnings.ts';
import type { Desk } from './desk.ts';
import { issuerIn, statusesOf, withIssuer } from './files/authority-file.ts';
import type { Change, Facts } from './files/commit.ts';
import type { Output } from './files/folder.ts';
import { issuerSigner } from './files/key-files.ts';

/** Signs the full list of the day and stages it: `publish` names it in a bundle and makes it public. */
export async function publishList(desk: Desk, id: string): Promise<Change> {
  const { state, now, keys } = desk;
  const issuer = issuerIn(state, id);
  const list = await statusesOf(state, id);
  const signer = await issuerSigner(keys, issuer, 'statuslist', now);
  const day = dayOf(now);
  const uri = `/v1/lists/${id}/${day}`;
  const exp = epochSeconds(now + limits.bundleS);
  const content = await signStatusBits({ uri, iat: now, exp }, list, signer);
  const version = nextVersion(desk, issuer);
  const { bits, size } = list;
  const pin: ListPin = { uri, version, day, size, bits, ...(await pinOf(content)) };
  const { invalid = 0, suspended = 0 } = state.statuses[id] ?? {};
  return staged(
    desk,
    { ...issuer, list: pin },
    { list: content },
    {
      say: `list ${version} of ${id} for ${day}: ${invalid} revoked, ${suspended} suspended of ${size}`,
      facts: { issuer: id, version, day, invalid, suspended, size },
    },
  );
}

/** Signs everything that changed since the day's full list and stages it. */
export async function publishDelta(desk: Desk, id: string): Promise<Change> {
  const { state, now, keys } = desk;
  const issuer = issuerIn(state, id);
  const full = await newestList(desk, state, id, { withDelta: false });
  if (!issuer.list || !full) throw refusal(`${id} has no full list to build on; see publish-list`);
  const changes = changesBetween(full, await statusesOf(state, id));
  const signer = await issuerSigner(keys, issuer, 'kakou-delta', now);
  const { delta: _, ...base } = issuer.list;
  const uri = `/v1/deltas/${id}`;
  const version = nextVersion(desk, issuer);
  const claims = { uri, iat: now, day: base.day, version, changes };
  const content = await signDelta(claims, signer);
  const pin: ListPin = { ...base, delta: { uri, version, ...(await pinOf(content)) } };
  const count = changes.reduce((sum, { indices }) => sum + indices.length, 0);
  return staged(
    desk,
    { ...issuer, list: pin },
    { delta: content },
    {
      say: `delta ${version} of ${id} over the list of ${base.day}: ${count} changes`,
      facts: { issuer: id, version, day: base.day, changes: count },
    },
  );
}

/** Grows over full lists and deltas alike, whatever the state was set back to. */
const nextVersion = ({ marks }: Desk, { id, list }: IssuerEntry): number =>
  Math.max(marks.lists[id] ?? 0, list?.version ?? 0, list?.delta?.version ?? 0) + 1;

/** Opens the new file as a phone would before it is staged. */
async function staged(
  desk: Desk,
  issuer: IssuerEntry,
  made: { readonly list?: string; readonly delta?: string },
  { say, facts }: { readonly say: string; readonly facts: Facts },
): Promise<Change> {
  const { id, list: pin } = issuer;
  const state = withIssuer(desk.state, issuer);
  const outputs: Output[] = [];
  if (made.list !== undefined && pin) {
    outputs.push({ path: `staged/v1/lists/${id}/${pin.day}`, content: made.list });
    const dated = { ...state.bundle, version: 1, root: 1, iat: desk.now, exp: desk.now };
    const opened = await openList(issuer, pin, { list: made.list }, dated);
    if (!opened.ok) throw refusal(`phones would refuse the list of ${id}: ${opened.error}`);
  }
  if (made.delta !== undefined) {
    outputs.push({ path: `staged/v1/deltas/${id}`, content: made.delta });
  }
  return { state, outputs, say: [say, 'staged; see publish'], facts };
}
