import { createServer, type Server, type Socket } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { Unavailable } from '../../src/node/database.ts';
import { openPostgres } from '../../src/node/postgres.ts';
import { farewell, questionsIn, row, welcome } from '../support/postgres-messages.ts';

let server: Server | undefined;
afterEach(() => new Promise<unknown>((done) => (server ? server.close(done) : done(undefined))));

/** Answers every query of the first connection with a row; bids later ones farewell as it greets them. */
async function dyingServer(): Promise<string> {
  let connections = 0;
  const answer = (socket: Socket, greeting: Buffer) => {
    socket.once('data', () => {
      socket.write(greeting);
      socket.on('data', (asked) => {
        for (let i = questionsIn(asked); i > 0; i--) socket.write(row);
      });
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
