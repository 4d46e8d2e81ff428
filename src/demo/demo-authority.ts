import { signerOf } from '../authority/keys.ts';
import { dayOf } from '../authority/lists/pins.ts';
import type { Authority } from '../authority/publisher.ts';
import { sha256Hex } from '../core/bytes.ts';
import { signDeskPass } from '../core/health/desk-pass.ts';
import { limits } from '../core/limits.ts';
import { hubExportTyp } from '../core/log/export/hub-export.ts';
import type { EpochSeconds } from '../core/units.ts';
import { quickSigner } from '../node/crypto/es256.ts';
import { demoKeys } from './demo-keys.ts';
import { demoTrust, type SignedTrust } from './demo-trust.ts';

interface SignedSet {
  readonly iat: EpochSeconds;
  readonly files: SignedTrust;
  readonly bundleSha256: string;
}

/**
 * An authority on the demo keys. Its trust set is signed anew when the day of its lists is over, at
 * the latest after half its life, and is the same bytes in between; the set before stays readable.
 */
export async function demoAuthority(options: { now: () => EpochSeconds }): Promise<Authority> {
  const keys = demoKeys();
  const signer = await signerOf(keys.receipt);
  const [receipt, time] = [quickSigner(signer), quickSigner(await signerOf(keys.time))];
  let before: SignedSet | undefined;
  let current = await signSet(options.now());
  let renewal: Promise<void> | undefined;

  async function inForce(now: EpochSeconds): Promise<SignedSet> {
    if (isOver(current, now)) {
      renewal ??= renew(now).finally(() => {
        renewal = undefined;
      });
      await renewal;
    }
    return current;
  }

  async function renew(now: EpochSeconds): Promise<void> {
    const next = await signSet(now);
    before = current;
    current = next;
  }

  return {
    demo: true,
    root: (version) => (version === 1 ? current.files.pinnedRoot : undefined),
    bundle: async (now) => (await inForce(now)).files.bundle,
    list: async (issuer, day) => {
      await inForce(options.now());
      const set = [current, before].find((signed) => signed?.files.day === day);
      return set?.files.lists[issuer]?.list;
    },
    delta: async (issuer) => (await inForce(options.now())).files.lists[issuer]?.delta,
    signTime: async (nonce, now) => {
      const { iat, bundleSha256 } = await inForce(now);
      const payload = { t: now, nonce, bundleVersion: iat, bundleSha256, exp: now + 3600 };
      return time('kakou-time+jws', payload);
    },
    signReceipt: ({ device, seq, head, t }) =>
      receipt('kakou-receipt+jws', { device, seq, head, t }),
    signDevice: (record) => receipt('kakou-device+jws', record),
    signExport: (claims) => receipt(hubExportTyp, claims),
    signSettings: (settings) => receipt('kakou-settings+jws', settings),
    signZone: (count) => receipt('kakou-zone+jws', count),
    signDeskPass: (pass) => signDeskPass(pass, signer),
  };

  async function signSet(iat: EpochSeconds): Promise<SignedSet> {
    const files = await demoTrust(iat, keys);
    return { iat, files, bundleSha256: await sha256Hex(files.bundle) };
  }
}

/** A clock set back changes nothing: versions must not fall. */
function isOver({ iat, files }: SignedSet, now: EpochSeconds): boolean {
  return now > iat && (now - iat >= limits.bundleS / 2 || dayOf(now) !== files.day);
}
