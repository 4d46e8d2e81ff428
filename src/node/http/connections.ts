import type { IncomingMessage, Server } from 'node:http';
import type { Server as TlsServer } from 'node:https';
import type { Socket } from 'node:net';

/** Connections this process holds at once. */
export const maxConnections = 8192;

/**
 * Never holds more than `max`: a new one takes the place of the one that began its last request the
 * longest ago, so that connections held open for nothing cost those who hold them. Under TLS those
 * still shaking hands count by themselves, and beyond as many again new ones are refused.
 */
export function capConnections(server: Server | TlsServer, max: number = maxConnections): void {
  const isTls = 'setSecureContext' in server;
  if (isTls) server.maxConnections = 2 * max;
  const held = new Set<Socket>();
  server.on(isTls ? 'secureConnection' : 'connection', (socket: Socket) => {
    held.add(socket);
    socket.once('close', () => held.delete(socket));
    const [stalest] = held;
    if (held.size > max) stalest?.destroy();
  });
  server.on('request', ({ socket }: IncomingMessage) => {
    if (held.delete(socket)) held.add(socket);
  });
}
