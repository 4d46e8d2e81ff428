import { connect, createServer, type Socket } from 'node:net';

/** A line to a server on the loopback that can fall silent: nothing is refused, nothing moves. */
export interface Relay {
  readonly port: number;
  silence(on: boolean): void;
  close(): void;
}

export async function relayTo(port: number): Promise<Relay> {
  let silent = false;
  const sockets = new Set<Socket>();
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy()).once('close', () => sockets.delete(socket));
  };
  const server = createServer((near) => {
    keep(near);
    const far = connect(port, '127.0.0.1');
    keep(far);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      from.on('data', (data) => silent || to.write(data));
      from.once('close', () => silent || to.destroy());
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    silence(on) {
      silent = on;
    },
    close() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}
