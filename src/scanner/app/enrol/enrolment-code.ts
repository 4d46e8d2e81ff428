import { isEnrolmentCode } from '../../../core/ids.ts';
import { err, ok, type Result } from '../../../core/result.ts';

/** Whether a text is an operator's enrolment QR, good or bad. */
export const isEnrolment = (text: string): boolean => text.startsWith(scheme);

const scheme = 'kakou:enrol#';

/**
 * The one-use code (128 bits, base64url) of `kakou:enrol#hub=…&code=…&gate=…&venue=…` (protocol 4).
 * `other-hub` with the address it is for, when that is not `origin`: nothing may be sent there.
 */
export function readEnrolment(
  text: string,
  origin: string,
): Result<string, { problem: 'code-malformed' } | { problem: 'other-hub'; hub: string }> {
  const said = new URLSearchParams(isEnrolment(text) ? text.slice(scheme.length) : '');
  const [code, ...codes] = said.getAll('code');
  const [hub, ...hubs] = said.getAll('hub').map(originOf);
  const isCode = code !== undefined && isEnrolmentCode(code);
  if (!isCode || hub === undefined || codes.length + hubs.length > 0) {
    return err({ problem: 'code-malformed' });
  }
  return hub === origin ? ok(code) : err({ problem: 'other-hub', hub });
}

function originOf(address: string): string | undefined {
  try {
    const url = new URL(address);
    return /^https?:$/.test(url.protocol) ? url.origin : undefined;
  } catch {
    return undefined; // `URL.canParse` is newer than the oldest browser
  }
}
