import { once } from 'node:events';
import { chmodSync, rmSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { CommandError, exit, usageError } from '../../node/command-error.ts';
import { asksFor } from '../../node/command-line.ts';
import { commandOf, ending, give, type Io } from '../../node/program.ts';
import { readingAgain } from '../../node/read-files.ts';
import type { Desk } from '../commands/command.ts';
import { hubProgram } from '../commands/commands.ts';
import { inZone } from '../zone.ts';
import { type CommandReply, LineTooLong, linesOf, readRequest } from './wire.ts';

/** What the hub lends to one command, which ends when the signal says so. */
export type LendDesk = (tell: (line: string) => void, signal: AbortSignal) => Desk;

export interface Hearing {
  /** Hears no more, ends what is being done, and is over when that is. */
  close(): Promise<void>;
}

const most = 16;
const patienceMs = 10_000;
const graceMs = 5000;

/**
 * Does operators' commands in the running hub, which alone holds the embedded database: one connection,
 * one command. Whoever may open the socket is the hub's own user. Nothing said there ends the hub.
 */
export async function hearCommands(place: string, lend: LendDesk): Promise<Hearing> {
  const stopping = new AbortController();
  const talks = new Set<Promise<void>>();
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy()); // whoever asked went away
    const talk = converse(socket, lend, stopping.signal)
      .catch(() => undefined)
      .finally(() => {
        socket.destroySoon();
        sockets.delete(socket);
        talks.delete(talk);
      });
    talks.add(talk);
  });
  server.maxConnections = most;
  const isFile = process.platform !== 'win32';
  if (isFile) rmSync(place, { force: true }); // of a hub that was killed: we hold the folder's lock
  server.listen(place);
  await once(server, 'listening');
  server.on('error', () => undefined); // a connection that could not be taken
  if (isFile) chmodSync(place, 0o600);
  return {
    async close() {
      server.close();
      stopping.abort(hubGone());
      const timer = setTimeout(() => {
        for (const socket of sockets) socket.destroy();
      }, graceMs);
      await Promise.all(talks);
      clearTimeout(timer);
    },
  };
}

/** The hub ended, or ends, while it was at it. */
export const hubGone = (): CommandError =>
  new CommandError(
    'the hub stopped before it was done: look whether it was, then ask again',
    exit.unavailable,
    'hub-gone',
  );

async function converse(socket: Socket, lend: LendDesk, stopping: AbortSignal): Promise<void> {
  const lines = linesOf(socket.iterator({ destroyOnReturn: false }));
  const deadline = setTimeout(() => socket.destroy(), patienceMs);
  const line = await lines
    .next()
    .catch((error) => (error instanceof LineTooLong ? undefined : Promise.reject(error)))
    .finally(() => clearTimeout(deadline));
  if (line?.done) return;
  await lines.return(undefined);
  const gone = new AbortController();
  socket.once('close', () => gone.abort());
  socket.resume(); // so that its end is heard; more than one line has no meaning
  const signal = AbortSignal.any([stopping, gone.signal]);
  const say = (reply: CommandReply): boolean => {
    if (socket.writable) return socket.write(`${JSON.stringify(reply)}\n`);
    return true;
  };
  say({ exit: await answer(line?.value, lend, signal, say, socket) });
}

async function answer(
  line: string | undefined,
  lend: LendDesk,
  signal: AbortSignal,
  say: (reply: CommandReply) => boolean,
  socket: Socket,
): Promise<number> {
  const io: Io = { out: (out) => void say({ out }), err: (err) => void say({ err }) };
  const request = line === undefined ? undefined : readRequest(line);
  const args = request?.args ?? [];
  return ending('kakou hub', asksFor('--json', args), io, async () => {
    if (!request)
      throw usageError('the running hub cannot read this: is it of another version? Start it anew');
    const [name = '', ...rest] = args;
    return inZone(known(request.zone), async () => {
      const job = commandOf(hubProgram, name).read(rest, readingAgain(request.files));
      const emit = async (piece: string): Promise<void> => {
        signal.throwIfAborted();
        if (!say({ piece })) await once(socket, 'drain', { signal });
      };
      return give(await job.run({ ...lend(io.out, signal), emit }), job.asJson, io);
    });
  });
}

/** A zone this machine knows; another one's clock is shown as UTC. */
function known(zone: string): string {
  try {
    inZone(zone, () => undefined);
    return zone;
  } catch {
    return 'UTC';
  }
}
