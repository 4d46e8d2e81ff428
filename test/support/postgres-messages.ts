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
/** The answer to whether it takes writes, of one that does, or to anything. */
export const row = Buffer.concat([
  message('T', '\0\x01transaction_read_only\0\0\0\0\0\0\0\0\0\0\x19\xff\xff\xff\xff\xff\xff\0\0'),
  message('D', '\0\x01\0\0\0\x03off'),
  message('C', 'SHOW\0'),
  message('Z', 'I'),
]);

/** How many answers are waited for: one a plain query, and one where several messages make a query together. */
export function questionsIn(bytes: Buffer): number {
  let questions = 0;
  for (let at = 0; at + 5 <= bytes.length; at += 1 + bytes.readInt32BE(at + 1))
    if (['Q', 'S'].includes(bytes.toString('latin1', at, at + 1))) questions += 1;
  return questions;
}
