import type { ParsedPass } from '../pass/format.ts';
import type { IssuerEntry } from '../trust/bundle.ts';
import { epochSeconds } from '../units.ts';
import type { VerifiedPass } from './verdict.ts';

/**
 * What the card may show of a pass: its claims in the issuer's words. Call only after the signature
 * is good. A state the bundle does not know has no level, so nothing can admit it.
 */
export function shownPass(parsed: ParsedPass, issuer: IssuerEntry, ageS: number): VerifiedPass {
  const { claims, kind, form } = parsed;
  const state = Object.hasOwn(issuer.states, claims.st) ? issuer.states[claims.st] : undefined;
  return {
    kind,
    form,
    issuer: issuer.id,
    issuerName: issuer.name,
    ...(issuer.hotline !== undefined && { hotline: issuer.hotline }),
    jti: claims.jti,
    state: claims.st,
    ...(state && { level: state.level, colour: state.colour, stateLabel: state.label }),
    ...(claims.nm !== undefined && { maskedName: claims.nm }),
    ...(claims.mi !== undefined && { maskedId: claims.mi }),
    relativeHeld: claims.rh,
    notices: claims.nt.map((code) => {
      const notice = Object.hasOwn(issuer.notices, code) ? issuer.notices[code] : undefined;
      return { code, ...(notice && { label: notice.label }) };
    }),
    iat: epochSeconds(parsed.stamp?.claims.iat ?? claims.iat),
    exp: claims.exp,
    ageS,
  };
}
