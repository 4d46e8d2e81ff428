import { join } from 'node:path';
import { signerOf } from '../../authority/keys.ts';
import type { Authority } from '../../authority/publisher.ts';
import { regionalBundle } from '../../authority/regional-bundle.ts';
import { hostFolder, peekBundle, readFolder } from '../../authority/trust-folder.ts';
import { fromUtf8, sha256Hex } from '../../core/bytes.ts';
import { signDeskPass } from '../../core/health/desk-pass.ts';
import { hubExportTyp } from '../../core/log/export/hub-export.ts';
import { acceptTrust, noMarks } from '../../core/trust/accept.ts';
import type { Bundle } from '../../core/trust/bundle.ts';
import type { Bytes } from '../../core/units.ts';
import { CommandError } from '../../node/command-error.ts';
import { quickSigner } from '../../node/crypto/es256.ts';
import { freshFiles } from '../../node/store/fresh-file.ts';
import { areNamed, type HubKeys } from './hub-keys.ts';

/**
 * A real authority: serves the public folder of a key ceremony as it is, read anew when a file in it
 * changes, and signs time and receipts with the hub's own keys. A `CommandError` when phones would
 * refuse the folder or do not know these keys.
 */
export async function fileAuthority(
  folder: string,
  keys: HubKeys,
  warn: (said: string) => void = () => {},
  region?: string,
): Promise<Authority> {
  const bundleFile = region === undefined ? 'bundle' : regionalBundle(region);
  await checkFolder(folder, keys, bundleFile);
  const signer = await signerOf(keys.receipt);
  const [receipt, time] = [quickSigner(signer), quickSigner(await signerOf(keys.time))];
  const host = hostFolder(folder);
  const read = freshFiles();
  const readText = (...path: string[]) => {
    const bytes = read(join(host, ...path));
    return bytes && fromUtf8(bytes);
  };
  let current = await named(read(join(host, bundleFile)));

  /** The newest whole bundle: one that is being replaced or broken leaves the one before. */
  async function inForce(): Promise<NamedBundle> {
    const bytes = read(join(host, bundleFile));
    if (bytes && bytes !== current?.bytes) {
      const next = await named(bytes);
      if (next && !areNamed(keys, next.bundle))
        warn('the bundle does not name the keys of this hub');
      current = next ?? current;
    }
    if (!current) throw new CommandError(`${folder} holds no ${bundleFile}`);
    return current;
  }

  return {
    demo: false,
    root: (version) => read(join(host, 'root', String(version))),
    bundle: async () => (await inForce()).bytes,
    list: async (issuer, day) => readText('lists', issuer, day),
    delta: async (issuer) => readText('deltas', issuer),
    signTime: async (nonce, t) => {
      const { bundle, sha256: bundleSha256 } = await inForce();
      const bundleVersion = bundle.version;
      const claims = { t, nonce, bundleVersion, bundleSha256, exp: t + 3600 };
      return time('kakou-time+jws', claims);
    },
    signReceipt: ({ device, seq, head, t }) =>
      receipt('kakou-receipt+jws', { device, seq, head, t }),
    signDevice: (record) => receipt('kakou-device+jws', record),
    signExport: (claims) => receipt(hubExportTyp, claims),
    signSettings: (settings) => receipt('kakou-settings+jws', settings),
    signZone: (count) => receipt('kakou-zone+jws', count),
    signDeskPass: (pass) => signDeskPass(pass, signer),
  };
}

interface NamedBundle {
  readonly bundle: Bundle;
  readonly bytes: Bytes;
  readonly sha256: string;
}

async function named(bytes: Bytes | undefined): Promise<NamedBundle | undefined> {
  const bundle = bytes && peekBundle(bytes);
  return bundle && { bundle, bytes, sha256: await sha256Hex(bytes) };
}

async function checkFolder(folder: string, keys: HubKeys, bundleFile: string): Promise<void> {
  const { roots, bundle, lists } = await readFolder(folder, bundleFile);
  const [pinnedRoot, ...next] = roots;
  if (!pinnedRoot || !bundle) {
    throw new CommandError(`${folder} holds no published trust set; see npm run keys -- publish`);
  }
  const accepted = await acceptTrust({ pinnedRoot, roots: next, bundle, lists }, noMarks);
  if (!accepted.ok) {
    const { file, issuer, problem } = accepted.error;
    const what = [file, issuer].filter(Boolean).join(' of ');
    throw new CommandError(`phones would refuse ${folder}: ${what} ${problem}`);
  }
  if (!areNamed(keys, accepted.value.view.bundle)) {
    throw new CommandError(`the bundle in ${folder} does not name these hub keys`);
  }
}
