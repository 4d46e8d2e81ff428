import type { ScanMethod } from '../../../../core/log/entry.ts';
import { isUnverified, type PresentedScan } from '../../../../core/log/scan-entry.ts';
import type { TrustedNow } from '../../../../core/time/trusted-now.ts';
import type { Verdict } from '../../../../core/verify/verdict.ts';
import type { TrustKeeper } from '../../trust/trust-keeper.ts';
import type { TextFingerprint } from './text-fingerprint.ts';

interface Needs {
  readonly fingerprint: TextFingerprint;
  readonly trust: Pick<TrustKeeper, 'view'>;
}

/** What the log is told of a code that was judged. */
export async function presentedScan(
  { fingerprint, trust }: Needs,
  text: string,
  method: ScanMethod,
  verdict: Verdict,
  now: TrustedNow,
): Promise<PresentedScan> {
  const textHmac = isUnverified(verdict) ? await fingerprint.of(text, now.at) : undefined;
  return { verdict, method, textHmac, ...versionsFor(trust, verdict) };
}

/** The versions that decided, as far as the verdict got. */
function versionsFor(trust: Needs['trust'], { pass, listAgeS }: Verdict) {
  const view = trust.view();
  const list = pass && listAgeS !== undefined ? view?.lists.get(pass.issuer)?.version : undefined;
  return {
    ...(view && { bundle: view.bundle.version }),
    ...(list !== undefined && { list }),
  };
}
