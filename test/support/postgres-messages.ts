/** A message of PostgreSQL's protocol (version 3): kind, length, body. */
function message(kind: string, body: Uint8Array | string = ''): Buffer {
  const bytes = Buffer.from(body as string);
  const head = Buffer.alloc(5);
  head.write(kind);
  head.writeInt32BE(bytes.length + 4, 1);
  return Buffer.concat([head, bytes]);
}
/** Signed in, and ready. */
export const welcome = Buffer.concat([message('R', new Uint8Array(4)), message('Z', 'I')]);
export const farewell = message('E', 'SFATAL\0C57P01\0Mterminating connection\0\0');
/** The answer to `show transaction_read_only` of one that takes writes, or to anything. */
export const row = Buffer.concat([
  message('T', '\0\x01transaction_read_only\0\0\0\0\0\0\0\0\0\0\x19\xff\xff\xff\xff\xff\xff\0\0'),
  message('D', '\0\x01\0\0\0\x03off'),
  message('C', 'SHOW\0'),
  message('Z', 'I'),
]);
