import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { CommandError, exit } from '../../node/command-error.ts';
import { codeOf } from '../../node/database.ts';
import type { Io } from '../../node/program.ts';
import { hubGone } from './hear-commands.ts';
import { placeToAsk } from './socket-place.ts';
import { type CommandRequest, linesOf, longestLine, readReply } from './wire.ts';

/** Where an answer goes; `emit` waits until there is room for more. */
export interface Speaking extends Io {
  readonly emit: (piece: string) => Promise<void>;
}

/**
 * Lets the hub that runs on this data folder do a command and says what it says. The exit code, or
 * undefined where no hub answers. Whoever goes away before the end ends the command.
 */
export async function askHub(
  folder: string,
  request: CommandRequest,
  speaking: Speaking,
): Promise<number | undefined> {
  const place = placeToAsk(folder);
  const socket = place && (await reach(place));
  if (!socket) return undefined;
  const line = JSON.stringify(request);
  if (Buffer.byteLength(line) > longestLine)
    throw new CommandError('the files of this command are too large', exit.data);
  try {
    socket.write(`${line}\n`);
    return await listenTo(socket, speaking);
  } finally {
    socket.destroy();
  }
}

async function reach(place: string): Promise<Socket | undefined> {
  const socket = connect(place);
  try {
    await once(socket, 'connect');
    return socket;
  } catch (error) {
    if (!/^(EACCES|EPERM)$/.test(codeOf(error) ?? '')) return undefined;
    throw new CommandError('the running hub belongs to another user: ask it as that one');
  }
}

async function listenTo(socket: Socket, { out, err, emit }: Speaking): Promise<number> {
  try {
    for await (const line of linesOf(socket)) {
      const reply = readReply(line);
      if (!reply) break;
      if ('exit' in reply) return reply.exit;
      if ('out' in reply) out(reply.out);
      else if ('err' in reply) err(reply.err);
      else await emit(reply.piece);
    }
  } catch (error) {
    if (codeOf(error) === undefined) throw error; // not the connection's
  }
  throw hubGone();
}
