import { beforeAll, describe, expect, it } from 'vitest';
import { epochSeconds } from '../../../../src/core/units.ts';
import { pinnedRoot } from '../../../../src/demo/demo-keys.ts';
import { demoTrust, type SignedTrust } from '../../../../src/demo/demo-trust.ts';
import { createTrustKeeper } from '../../../../src/scanner/app/trust/trust-keeper.ts';
import {
  answer,
  fakeRemote,
  offline,
  type RemoteHandler,
} from '../../../support/fakes/fake-remote.ts';
import { memoryTrustStore } from '../../../support/fakes/memory-trust-store.ts';

const now = epochSeconds(Date.UTC(2026, 5, 1, 8) / 1000);
let older: SignedTrust;
let newer: SignedTrust;
beforeAll(async () => {
  older = await demoTrust(now);
  newer = await demoTrust(epochSeconds(now + 3600));
});

/** The static host of a set: files by path, as a CDN would serve them. */
function host(files: SignedTrust): RemoteHandler {
  return ({ path, etag }) => {
    const [, kind, issuer] = path.match(/^\/v1\/(bundle|lists|deltas)\/?([A-Z-]*)/) ?? [];
    const tag = String(files.bundle.length + files.bundle.reduce((sum, byte) => sum + byte, 0));
    if (kind === 'bundle') return etag === tag ? answer(304) : answer(200, files.bundle, tag);
    const own = files.lists[issuer ?? ''];
    const text = kind === 'lists' ? own?.list : own?.delta;
    return text === undefined ? answer(404) : answer(200, text);
  };
}

async function keeperWith(handler: RemoteHandler) {
  const remote = fakeRemote(handler);
  const store = memoryTrustStore();
  const keeper = await createTrustKeeper(store, pinnedRoot());
  return { remote, store, keeper, paths: () => remote.calls.map(({ path }) => path) };
}

/** When the newer one was signed. */
const later = epochSeconds(now + 3600);

describe('refreshing trust', () => {
  it('takes a whole set from any static host and asks conditionally after that', async () => {
    const { keeper, remote, paths } = await keeperWith(host(older));
    expect(await keeper.refresh(remote, now)).toEqual({ kind: 'updated' });
    remote.calls.length = 0;
    expect(await keeper.refresh(remote, now)).toEqual({ kind: 'unchanged' });
    expect(paths()).toEqual(['/v1/root/2', '/v1/bundle']);
  });

  it('goes on after a cut with what had come already', async () => {
    const { keeper, remote, paths } = await keeperWith(host(older));
    let left = 5;
    remote.handle((call) => (left-- > 0 ? host(older)(call) : offline));
    expect(await keeper.refresh(remote, now)).toEqual({ kind: 'partly' });
    expect(keeper.view()).toBeUndefined();
    const before = paths()
      .filter((path) => /lists|deltas/.test(path))
      .slice(0, -1);
    remote.calls.length = 0;
    remote.handle(host(older));
    expect(await keeper.refresh(remote, now)).toEqual({ kind: 'updated' });
    expect(before.length).toBeGreaterThan(1);
    expect(paths().filter((path) => before.includes(path))).toEqual([]);
  });

  it('keeps the set in force while the newer one lacks a list', async () => {
    const { keeper, remote } = await keeperWith(host(older));
    await keeper.refresh(remote, now);
    remote.handle((call) => (call.path.includes('/deltas/') ? answer(404) : host(newer)(call)));
    expect(await keeper.refresh(remote, now)).toEqual({
      kind: 'refused',
      problem: 'list:http-404',
    });
    expect(keeper.view()?.bundle.version).toBe(now);
  });

  it('refuses a list that is not the pinned one', async () => {
    const { keeper, remote } = await keeperWith((call) =>
      call.path.includes('/lists/') ? host(older)(call) : host(newer)(call),
    );
    expect(await keeper.refresh(remote, now)).toEqual({
      kind: 'refused',
      problem: 'list:pin-mismatch',
    });
  });

  it('never goes back to an older set', async () => {
    const { keeper, remote } = await keeperWith(host(newer));
    await keeper.refresh(remote, later);
    remote.handle(host(older));
    expect(await keeper.refresh(remote, later)).toEqual({
      kind: 'refused',
      problem: 'bundle:rolled-back',
    });
    expect(keeper.view()?.bundle.version).toBe(now + 3600);
  });

  it('notices a captive portal at its first answer', async () => {
    const { keeper, remote } = await keeperWith(() => answer(200, '<html>welcome</html>'));
    expect(await keeper.refresh(remote, now)).toEqual({
      kind: 'refused',
      problem: 'root:not-canonical',
    });
    expect(remote.calls).toHaveLength(1);
  });

  it('refuses a set that has expired by a good clock, and takes it for later by a bad one', async () => {
    const { keeper, remote } = await keeperWith(host(older));
    const late = epochSeconds(now + 73 * 3600);
    expect(await keeper.refresh(remote, late)).toEqual({
      kind: 'refused',
      problem: 'bundle:expired',
    });
    expect(await keeper.refresh(remote, undefined)).toEqual({ kind: 'updated' });
  });

  it('refuses a set dated ahead of a good clock, and takes it once its time has come', async () => {
    const { keeper, remote } = await keeperWith(host(older));
    await keeper.refresh(remote, now);
    remote.handle(host(newer));
    const refused = { kind: 'refused', problem: 'bundle:dated-ahead' };
    expect(await keeper.refresh(remote, epochSeconds(later - 61))).toEqual(refused);
    expect(keeper.view()?.bundle.version).toBe(now);
    expect(await keeper.refresh(remote, epochSeconds(later - 60))).toEqual({ kind: 'updated' });
  });

  it('a store that fails keeps no newer set from being in force, and has it with a later refresh', async () => {
    const { keeper, remote, store } = await keeperWith(host(older));
    await keeper.refresh(remote, now);
    const before = await store.load();
    remote.handle(host(newer));
    store.breakWritesWith('storage-quota');
    expect(await keeper.refresh(remote, later)).toEqual({ kind: 'updated' });
    expect(keeper.view()?.bundle.version).toBeGreaterThan(now);
    expect(await store.load()).toEqual(before);
    store.breakWritesWith(undefined);
    expect(await keeper.refresh(remote, later)).toEqual({ kind: 'unchanged' });
    expect(await store.load()).not.toEqual(before);
  });
});
