import { toBase64url } from '../base64url.ts';
import { utf8 } from '../bytes.ts';

/** Bytes of a key: a chance match is one in 10¹⁴ per look-up among 100,000 live ones (protocol 13). */
const keyBytes = 8;

/**
 * What gates of one site call a presentation among themselves: the first 8 bytes of SHA-256 over
 * `iss`, a zero byte and `jti` as the log has them, base64url. It tells neither, and both are over
 * within a day.
 */
export async function sightingKey(iss: string, jti: string): Promise<string> {
  const hash = await crypto.subtle.digest('SHA-256', utf8(`${iss}\u0000${jti}`));
  return toBase64url(new Uint8Array(hash, 0, keyBytes));
}
