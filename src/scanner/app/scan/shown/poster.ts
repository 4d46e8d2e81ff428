import { checkVenueCode, type VenueTrouble } from '../../../../core/place/check-venue-code.ts';
import type { LocalizedText } from '../../../../core/terms.ts';
import type { TrustedNow } from '../../../../core/time/trusted-now.ts';
import type { TrustView } from '../../../../core/trust/view.ts';
import type { Gate } from '../../stores.ts';

/** What an inspector is told of a place's poster 场所码: protocol 11. */
export interface Poster {
  readonly is: 'here' | 'elsewhere' | VenueTrouble;
  /** Of a poster its issuer signed alone. */
  readonly place?: string;
  readonly issuerName?: LocalizedText;
  /** Where its link leads, which nobody has signed. */
  readonly host?: string;
}

/** Is the poster genuine, valid, and of this gate or its site? */
export async function lookAtPoster(
  text: string,
  now: TrustedNow,
  trust: TrustView | undefined,
  gate: Pick<Gate, 'id' | 'site'>,
): Promise<Poster> {
  const finding = await checkVenueCode(text, { now, trust });
  const { code, issuerName, host } = finding;
  const site = trust?.bundle.gates?.find(({ id }) => id === gate.id)?.site ?? gate.site;
  const isHere = code?.place === gate.id || (site !== undefined && code?.place === site);
  return {
    is: finding.good ? (isHere ? 'here' : 'elsewhere') : finding.why,
    ...(code && { place: code.name }),
    ...(issuerName && { issuerName }),
    ...(host !== undefined && { host }),
  };
}
