import { signerOf } from '../authority/keys.ts';
import { dayOf } from '../authority/lists/pins.ts';
import type { Authority } from '../authority/publisher.ts';
import { signFile } from '../authority/sign-file.ts';
import { fromUtf8, sha256Hex } from '../core/bytes.ts';
import { signDeskPass } from '../core/health/desk-pass.ts';
import { limits } from '../core/limits.ts';
import { hubExportTyp } from '../core/log/export/hub-export.ts';
import type { Signer } from '../core/signer.ts';
import type { SignedFileTyp } from '../core/trust/signed-file.ts';
import type { EpochSeconds } from '../core/units.ts';
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
  const [receipt, time] = [await signerOf(keys.receipt), await signerOf(keys.time)];
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

  async function signOne(typ: SignedFileTyp, payload: object, signer: Signer): Promise<string> {
    return fromUtf8(await signFile(typ, payload, [signer])) ?? '';
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
      return signOne('kakou-time+jws', payload, time);
    },
    signReceipt: ({ device, seq, head, t }) =>
      signOne('kakou-receipt+jws', { device, seq, head, t }, receipt),
    signDevice: (record) => signOne('kakou-device+jws', record, receipt),
    signExport: (claims) => signOne(hubExportTyp, claims, receipt),
    signSettings: (settings) => signOne('kakou-settings+jws', settings, receipt),
    signZone: (count) => signOne('kakou-zone+jws', count, receipt),
    signDeskPass: (pass) => signDeskPass(pass, receipt),
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
