/** ASN.1 DER (X.690): a tag, the length in as few bytes as can be, the content. */
export function der(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const size =
    length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

export const sequence = (...parts: readonly Uint8Array[]): Buffer => der(0x30, ...parts);

/** An object identifier, its content in hex. */
export const oid = (hex: string): Buffer => der(6, Buffer.from(hex, 'hex'));

export const octets = (content: Uint8Array): Buffer => der(4, content);

/** A bit string whose last byte has `unused` bits too many. */
export const bits = (content: Uint8Array, unused = 0): Buffer =>
  der(3, Buffer.from([unused]), content);

/** A moment, to the second: two digits of the year as long as they do (RFC 5280 section 4.1.2.5). */
export function time(at: number): Buffer {
  const text = `${new Date(at).toISOString().slice(0, 19).replace(/[-T:]/g, '')}Z`;
  return text < '2050' ? der(0x17, Buffer.from(text.slice(2))) : der(0x18, Buffer.from(text));
}
