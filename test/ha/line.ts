import { connect, createServer, type Socket } from 'node:net';
import { freePort } from '../support/free-port.ts';

/**
 * A line of a network to a port of this machine, which can be cut: nothing is refused, nothing moves, nobody
 * hears that the other end is gone, and what was on its way arrives when it is mended, as by TCP.
 */
export interface Line {
  readonly port: number;
  cut(): void;
  mend(): void;
  close(): void;
}

export async function lineTo(port: number): Promise<Line> {
  const sockets = new Set<Socket>();
  const whenMended: (() => void)[] = [];
  let isCut = false;
  const onceMended = (act: () => void) => (isCut ? whenMended.push(act) : act());

  function join(near: Socket): void {
    if (near.destroyed) return;
    const far = connect(port, '127.0.0.1');
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(one);
      one.on('error', () => one.destroy());
      one.on('close', () => {
        sockets.delete(one);
        onceMended(() => other.destroy());
      });
      one.pipe(other);
    }
  }

  const server = createServer((near) => {
    near.on('error', () => near.destroy());
    onceMended(() => join(near));
  });
  const own = await freePort();
  await new Promise<void>((resolve) => server.listen(own, '127.0.0.1', resolve));
  return {
    port: own,
    cut() {
      isCut = true;
      for (const socket of sockets) socket.unpipe().pause();
    },
    mend() {
      isCut = false;
      for (const act of whenMended.splice(0)) act();
    },
    close() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}
