import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** A line as a phone in a basement has it. Times are the real ones; `speedup` divides them all. */
export interface Line {
  readonly kbit: number;
  readonly roundTripMs: number;
  /** Share of segments lost, 0 to 1: each waits for TCP's retransmission, which doubles its time-out. */
  readonly loss: number;
  /** A connection is cut after about so many bytes. */
  readonly cutEvery?: number;
  readonly speedup: number;
}

const segmentBytes = 1460;
/** TCP gives a connection up that stood still for so long, here as a middlebox does: 60 s. */
const giveUpMs = 60_000;

/** A TCP proxy that is such a line: all connections share its rate, each direction for itself. */
export async function slowLine(target: number, line: Line, seed = 1) {
  let state = seed;
  const random = () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
  const real = (ms: number) => ms / line.speedup;
  const counts = { cuts: 0, connections: 0, bytes: 0 };
  const sockets = new Set<Socket>();
  const busyUntil = { up: 0, down: 0 };

  /** Milliseconds a segment waits for its turn, its transmission and its retransmissions. */
  function transit(bytes: number, way: 'up' | 'down'): number {
    const now = performance.now();
    const sent = Math.max(now, busyUntil[way]) + real((bytes * 8) / line.kbit);
    busyUntil[way] = sent;
    let stall = 0;
    for (let timeout = line.roundTripMs + 1000; random() < line.loss; timeout *= 2)
      stall += timeout;
    return stall > giveUpMs ? Number.POSITIVE_INFINITY : sent - now + real(stall);
  }

  async function pump(from: Socket, to: Socket, way: 'up' | 'down', cut: () => void) {
    for await (const chunk of from as AsyncIterable<Buffer>) {
      for (let at = 0; at < chunk.length; at += segmentBytes) {
        const segment = chunk.subarray(at, at + segmentBytes);
        const wait = transit(segment.length, way);
        if (wait === Number.POSITIVE_INFINITY) return cut();
        await sleep(wait);
        if (from.destroyed || to.destroyed) return; // hung up: what was still to be sent is dropped
        counts.bytes += segment.length;
        if (line.cutEvery && random() < segment.length / line.cutEvery) return cut();
        setTimeout(() => to.writable && to.write(segment), real(line.roundTripMs / 2));
      }
    }
    setTimeout(() => to.end(), real(line.roundTripMs / 2) + 5);
  }

  const server = createServer((phone) => {
    counts.connections += 1;
    const hub = connect(target, '127.0.0.1');
    const cut = () => {
      counts.cuts += 1;
      phone.destroy();
      hub.destroy();
    };
    for (const [one, other] of [
      [phone, hub],
      [hub, phone],
    ] as const) {
      sockets.add(one);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        sockets.delete(one);
        setTimeout(() => other.destroy(), real(line.roundTripMs));
      });
    }
    // the handshake takes a round trip of its own
    void sleep(real(line.roundTripMs)).then(() =>
      Promise.allSettled([pump(phone, hub, 'up', cut), pump(hub, phone, 'down', cut)]),
    );
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    counts,
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((done) => server.close(done));
    },
  };
}
