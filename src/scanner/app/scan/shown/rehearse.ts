import { appendEntry } from '../../../../core/log/chain.ts';
import { emptyHead } from '../../../../core/log/entry.ts';
import { lookBody } from '../../../../core/log/scan-entry.ts';
import { es256 } from '../../../../core/suite.ts';
import type { IssuerEntry } from '../../../../core/trust/bundle.ts';
import type { TrustView } from '../../../../core/trust/view.ts';
import { epochMillis, epochSeconds, toSeconds } from '../../../../core/units.ts';
import { openPass } from '../../../../core/verify/pipeline.ts';
import type { GateFacts } from '../../../../core/verify/venue-rules.ts';
import type { Verdict } from '../../../../core/verify/verdict.ts';
import type { ScanNeeds } from '../show-card.ts';
import { presentedScan } from './presented-scan.ts';

export interface RehearsalNeeds
  extends Pick<ScanNeeds, 'presentations' | 'fingerprint' | 'version'> {
  readonly trust: Pick<ScanNeeds['trust'], 'view'>;
}

/** One live pass in each form, of the first minute of 2022, signed once with a key that was thrown away. */
export const nobodysPasses: readonly string[] = [
  'KK1:VWGERKC 4U+8T3EV3EWDF+JCWAE/6BV%K0JC$%93F30BQTYN3F30BQF8GGR9000000000000000D101009920XK5ECHB0GJ0.1T7BK7-SLEH22DLJ6*BGIG627B-MMGBOM*RJ2GXUMU72LNUCQ5L2NOPBQX0FIVDS4HJOBYU9C3-P4$.GI44PUA.CD Q9:MHP%FBBBB%QTFN0 E.DR 664LGO3U',
  'eyJhbGciOiJFUzI1NiIsImtpZCI6Im5vYm9keSIsInR5cCI6ImtwK2p3dCJ9.eyJpc3MiOiJDTiIsImlhdCI6MTY0MDk5NTIwMCwiZXhwIjoxNjQwOTk1MjYwLCJqdGkiOiJBQUFBQUFBQUFBQUFBQUFBIiwiaGMiOnsic3QiOiJnIiwic2kiOjAsIm5tIjoi5bygKuS4iSIsIm1pIjoiMTLigKYyWCJ9fQ.U9s3T7uVfsFpgK0dHxRI7UD4VTpmPqvsqrsMRz3HPNMKmbHQDaqRC4prZOiQoYzhiWq5dJd7IMbcfdPAa-v0hg',
];
const nobodysKey = {
  kty: 'EC',
  crv: 'P-256',
  x: 'pc2Lc4RXUgMjVoT3hA1Hdvsh4C0kS8sZt-wv9GDRSSQ',
  y: 'Bw-AxNvVGTILMMWi0Vhv-YaFyk2xpCgFJBXFBVkXmtY',
} as const;
const then = { at: epochMillis(Date.UTC(2022, 0, 1, 0, 0, 1)), quality: 'synced' } as const;

/**
 * The way of a code gone once with nobody's, so that the first person does not wait for what a browser compiles
 * and a disk opens when it is first asked. The same steps, at a time long past, with a key no trust file knows:
 * nothing of it is shown, logged, remembered or learned. Gives what the steps said; nothing where no bundle
 * was ever accepted.
 */
export async function rehearse(needs: RehearsalNeeds, gate: GateFacts): Promise<Verdict[]> {
  const view = needs.trust.view();
  if (!view) return [];
  const trust = trusting(view, await es256.importPublicKey(nobodysKey));
  const said: Verdict[] = [];
  for (const text of nobodysPasses) {
    const opened = await openPass(text, { now: then, trust, gate, app: needs.version });
    const { verdict } =
      'end' in opened
        ? { verdict: opened.end }
        : await needs.presentations.look(opened.genuine, { now: then, gate });
    const body = lookBody(await presentedScan(needs, text, 'camera', verdict, then));
    await appendEntry(emptyHead, { device: '', shift: '', gate: '', app: '', ...then, body });
    said.push(verdict);
  }
  return said;
}

const noName = { 'zh-CN': '', 'zh-TW': '', en: '' };
const nobodysIssuer: IssuerEntry = {
  id: 'CN',
  name: noName,
  state: 'active',
  keys: [],
  states: { g: { level: 'clear', colour: 'none', label: noName } },
  notices: {},
};

/** What this phone goes by, but for one issuer: its key, and a list with nobody on it. */
function trusting(view: TrustView, key: CryptoKey): TrustView {
  const iat = toSeconds(then.at);
  const list = { bits: 1, size: 8, bytes: new Uint8Array(1), iat, version: 1 } as const;
  return {
    ...view,
    exp: epochSeconds(iat + 60),
    outdated: false,
    lists: new Map([[nobodysIssuer.id, list]]),
    issuer: () => nobodysIssuer,
    key: async () => key,
  };
}
