import type { IssuerEntry } from '../../core/trust/bundle.ts';
import type { Issued } from './issue.ts';

/** What a citizen's page shows beside a code: the words of the scheme, and nothing of the person that is not masked. */
export function shownOf({ iat, exp, bearer }: Issued, issuer: IssuerEntry | undefined) {
  const { maskedName, maskedId, state, notices } = bearer;
  const known = issuer?.states[state];
  return {
    ...{ iat, exp, state, name: maskedName, id: maskedId },
    ...(known && { colour: known.colour, level: known.level, label: known.label }),
    notices: notices.map((code) => ({ code, label: issuer?.notices[code]?.label })),
    issuer: { id: issuer?.id, name: issuer?.name, hotline: issuer?.hotline },
  };
}
