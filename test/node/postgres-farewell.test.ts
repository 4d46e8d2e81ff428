import { createServer, type Server, type Socket } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { Unavailable } from '../../src/node/database.ts';
import { openPostgres } from '../../src/node/postgres.ts';

let server: Server | undefined;
afterEach(() => new Promise<unknown>((done) => (server ? server.close(done) : done(undefined))));

/** A message of PostgreSQL's protocol (version 3): kind, length, body. */
function message(kind: string, body: Uint8Array | string = ''): Buffer {
  const bytes = Buffer.from(body as string);
  const head = Buffer.alloc(5);
  head.write(kind);
  head.writeInt32BE(bytes.length + 4, 1);
  return Buffer.concat([head, bytes]);
}
const welcome = Buffer.concat([message('R', new Uint8Array(4)), message('Z', 'I')]);
const farewell = message('E', 'SFATAL\0C57P01\0Mterminating connection\0\0');
const row = Buffer.concat([
  message('T', '\0\x01transaction_read_only\0\0\0\0\0\0\0\0\0\0\x19\xff\xff\xff\xff\xff\xff\0\0'),
  message('D', '\0\x01\0\0\0\x03off'),
  message('C', 'SHOW\0'),
  message('Z', 'I'),
]);

/** Answers every query of the first connection with a row; bids later ones farewell as it greets them. */
async function dyingServer(): Promise<string> {
  let connections = 0;
  const answer = (socket: Socket, greeting: Buffer) => {
    socket.once('data', () => {
      socket.write(greeting);
      socket.on('data', () => socket.write(row));
    });
    socket.on('error', () => socket.destroy());
  };
  server = createServer((socket) => {
    connections += 1;
    answer(socket, connections === 1 ? welcome : Buffer.concat([welcome, farewell]));
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return `postgres://nobody@127.0.0.1:${typeof address === 'object' ? address?.port : ''}/none`;
}

it('a server that says ready and farewell in one packet is unavailable, and ends nothing', async () => {
  const lost: string[] = [];
  const sql = await openPostgres(await dyingServer(), ({ message }) => lost.push(message));
  const both = await Promise.allSettled([sql.query('select 1'), sql.query('select 1')]);
  expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  expect(both.find(({ status }) => status === 'rejected')).toMatchObject({
    reason: expect.any(Unavailable),
  });
  expect(lost).toEqual(['terminating connection']);
  await sql.close();
});
