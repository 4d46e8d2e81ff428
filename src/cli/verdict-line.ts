import type { Verdict, VerdictState } from '../core/verify/verdict.ts';

/** Exit code of `verify` by verdict. */
export const verdictExit: Readonly<Record<VerdictState, number>> = {
  pass: 0,
  check: 1,
  stop: 2,
  unknown: 3,
};

/**
 * A verdict as one flat JSON object. Claims appear once the signature is good; the masked name and
 * id never do.
 */
export function verdictJson({ state, reason, what, pass, listAgeS, listTooOld }: Verdict): object {
  return {
    state,
    reason,
    what,
    kind: pass?.kind,
    form: pass?.form,
    issuer: pass?.issuer,
    st: pass?.state,
    level: pass?.level,
    colour: pass?.colour,
    relativeHeld: pass?.relativeHeld,
    notices: pass?.notices.map(({ code }) => code),
    iat: pass?.iat,
    exp: pass?.exp,
    ageS: pass?.ageS,
    listAgeS,
    listTooOld,
  };
}

/** A verdict as a short line for people: `stop stale · live CN-TJ g, 95 s old`. */
export function verdictWords({ state, reason, what, pass }: Verdict): string {
  const verdict = `${state} ${reason}${what ? ` (${what})` : ''}`;
  if (!pass) return verdict;
  return `${verdict} · ${pass.kind} ${pass.issuer} ${pass.state}, ${pass.ageS} s old`;
}
