/**
 * What ids and other fixed spellings look like, told once: the routes of the hub, the shapes of trust
 * files and logs, the parsers of passes and the command lines ask here.
 */

/** 16 random bytes in canonical base64url. */
const is128Bits = (text: string): boolean => /^[A-Za-z0-9_-]{21}[AQgw]$/.test(text);

/** A device's id, given by the hub at enrolment. */
export const isDeviceId = is128Bits;

/** A one-use code for enrolling a device. */
export const isEnrolmentCode = is128Bits;

/** What a phone sends with its question for the time, and finds again in the answer. */
export const isNonce = is128Bits;

/** A visit's id, drawn by the phone that made it: what makes sending it twice once. */
export const isVisitId = is128Bits;

/** What may stand in the hub's column of device ids: the first version's tests and demo used words. */
export const isKeptDeviceId = (text: string): boolean => /^[\w-]{1,64}$/.test(text);

/** A key's thumbprint: base64url of a SHA-256 (RFC 7638). */
export const isThumbprint = (text: string): boolean => /^[A-Za-z0-9_-]{43}$/.test(text);

/** What gates of a site call a presentation: 8 bytes in canonical base64url (protocol 13). */
export const isSightingKey = (text: string): boolean =>
  /^[A-Za-z0-9_-]{10}[AEIMQUYcgkosw048]$/.test(text);

/** A gate's id: visible ASCII. */
export const isGateId = (text: string): boolean => /^[\x21-\x7e]{1,64}$/.test(text);

/** A site's id, a zone's or a district's: visible ASCII. */
export const isSiteId = isGateId;

/** A key's id within its issuer: visible ASCII. */
export const isKid = (text: string): boolean => /^[\x21-\x7e]{1,16}$/.test(text);

/** A word that a phone says of itself, a version or the name of a fault: visible ASCII. */
export const isPhoneWord = (text: string): boolean => /^[\x21-\x7e]{1,40}$/.test(text);

/** As a part of a route. */
export const issuerIdPattern = '[A-Z]{2}(?:-[A-Z0-9]{1,3})?';
const issuerId = new RegExp(`^${issuerIdPattern}$`);

/** An issuer's id or a region: ISO 3166-1 alpha-2, or 3166-2. */
export const isIssuerId = (text: string): boolean => issuerId.test(text);

/** A SHA-256 or an HMAC with it, as it stands in logs, bundles and receipts. */
export const isSha256Hex = (text: string): boolean => /^[0-9a-f]{64}$/.test(text);

/** As a part of a route. */
export const dayPattern = '\\d{4}-\\d{2}-\\d{2}';
const day = new RegExp(`^${dayPattern}$`);

/** `YYYY-MM-DD`. Whether there is such a day is another question: `isDay`. */
export const looksLikeDay = (text: string): boolean => day.test(text);

/** `YYYY-MM-DD`, a day that exists. */
export function isDay(text: string): boolean {
  const at = looksLikeDay(text) ? new Date(`${text}T00:00:00Z`) : undefined;
  return at !== undefined && !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
}
