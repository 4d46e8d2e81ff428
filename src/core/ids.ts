/** A device's id: random base64url of 16 bytes, given by the hub at enrolment. */
export const isDeviceId = (text: string): boolean => /^[A-Za-z0-9_-]{21}[AQgw]$/.test(text);

/** A key's thumbprint: base64url of a SHA-256 (RFC 7638). */
export const isThumbprint = (text: string): boolean => /^[A-Za-z0-9_-]{43}$/.test(text);

/** A gate's id: visible ASCII. */
export const isGateId = (text: string): boolean => /^[\x21-\x7e]{1,64}$/.test(text);

/** A key's id within its issuer: visible ASCII. */
export const isKid = (text: string): boolean => /^[\x21-\x7e]{1,16}$/.test(text);

/** An issuer's id or a region: ISO 3166-1 alpha-2, or 3166-2. */
export const isIssuerId = (text: string): boolean => /^[A-Z]{2}(-[A-Z0-9]{1,3})?$/.test(text);

/** A SHA-256 as it stands in logs, bundles and receipts. */
export const isSha256Hex = (text: string): boolean => /^[0-9a-f]{64}$/.test(text);

/** `YYYY-MM-DD`, a day that exists. */
export function isDay(text: string): boolean {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : undefined;
  return at !== undefined && !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
}
