import { createServer, type Server } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { openPostgres } from '../../src/node/postgres.ts';
import { questionsIn, row, welcome } from '../support/postgres-messages.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** Says that it takes writes, to every question so many milliseconds after it was put; counts packets of others. */
async function writableServer(delayMs: number) {
  const state = { asked: 0, hangsUp: false, refuses: false, url: '' };
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    if (state.refuses) socket.destroy();
    socket.once('data', () => {
      socket.write(welcome);
      socket.on('data', (question) => {
        const isLooking = question.includes('transaction_read_only');
        if (!isLooking && question.toString('latin1', 0, 1) === 'Q') state.asked += 1;
        if (state.hangsUp && !isLooking) socket.destroy();
        else
          setTimeout(() => {
            for (let i = questionsIn(question); i > 0; i--) socket.write(row);
          }, delayMs);
      });
    });
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  state.url = `127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  return state;
}

it('of two servers that both say they take writes, the one that was given up is not taken again', async () => {
  const old = await writableServer(0);
  const promoted = await writableServer(200);
  const url = `postgres://nobody@${old.url},${promoted.url}/none`;
  const sql = await openPostgres(url, () => {});
  expect([old.asked, promoted.asked]).toEqual([1, 0]);
  old.hangsUp = true;
  await expect(sql.query('select 1')).rejects.toMatchObject({ name: 'Unavailable' });
  await sql.query('select 1');
  expect([old.asked, promoted.asked]).toEqual([2, 1]);
  await sql.close();
});

it('one that was given up and is gone fails nobody, and ends nothing', async () => {
  const old = await writableServer(0);
  const promoted = await writableServer(200);
  const sql = await openPostgres(`postgres://nobody@${old.url},${promoted.url}/none`, () => {});
  old.hangsUp = true;
  old.refuses = true;
  await expect(sql.query('select 1')).rejects.toMatchObject({ name: 'Unavailable' });
  await sql.query('select 1');
  expect(promoted.asked).toBe(1);
  await sql.close();
});
