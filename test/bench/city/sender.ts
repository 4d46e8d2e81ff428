import { Agent, request } from 'node:https';
import type { Kind } from './trace.ts';

/** One request to be sent. */
export interface Order {
  readonly kind: Kind;
  /** Who sends it: gates stand behind many addresses. */
  readonly from: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer | string;
  /** Entries of an upload, each of which must be new. */
  readonly entries?: number;
}

/** What became of it; times in milliseconds. */
export interface Sent {
  readonly kind: Kind;
  readonly at: number;
  /** From when it was due until it was sent: the load maker's own delay. */
  readonly lateMs: number;
  /** From when it was sent until the answer was whole. */
  readonly tookMs: number;
  readonly bytes: number;
  readonly bytesUp: number;
  /** Why this is not the answer that a phone wants. */
  readonly wrong?: string;
}

export type Sender = ReturnType<typeof createSender>;

const good: Readonly<Record<Kind, readonly number[]>> = {
  root: [404],
  bundle: [200, 304],
  list: [200],
  delta: [200],
  time: [200],
  upload: [200],
  status: [200],
};
/** As phones do (protocol 7). */
const silenceMs = 20_000;
/** What a current Chrome says. */
const codings = 'gzip, deflate, br, zstd';
const addresses = 200;

/**
 * Sends requests over TLS as phones do, from many addresses of the loopback, their connections kept. A phone's
 * own connection is shared here by all whose requests do not overlap.
 */
export function createSender(origin: string) {
  const agents = Array.from(
    { length: addresses },
    (_, i) =>
      new Agent({
        keepAlive: true,
        localAddress: `127.0.${1 + Math.floor(i / 200)}.${1 + (i % 200)}`,
        rejectUnauthorized: false, // a certificate of this run's own making
      }),
  );
  let turn = 0;
  const agentOf = () => agents[turn++ % addresses];

  const send = (order: Order, dueAt: number, at = performance.now()): Promise<Sent> => {
    const { kind, path, headers = {}, body, entries = 0 } = order;
    return new Promise((resolve) => {
      const bytesUp = body === undefined ? 0 : Buffer.byteLength(body);
      const end = (bytes: number, wrong?: string) =>
        resolve({
          ...{ kind, at, lateMs: at - dueAt, tookMs: performance.now() - at, bytes, bytesUp },
          ...(wrong !== undefined && { wrong }),
        });
      const agent = agentOf();
      const asking = request(
        origin + path,
        {
          method: body === undefined ? 'GET' : 'POST',
          headers: { ...headers, 'accept-encoding': codings },
          timeout: silenceMs,
          ...(agent && { agent }),
        },
        (answer) => {
          const parts: Buffer[] = [];
          answer.on('data', (part: Buffer) => parts.push(part));
          answer.on('error', (error) => end(0, error.message));
          answer.on('end', () => {
            const bytes = parts.reduce((sum, { length }) => sum + length, 0);
            const status = answer.statusCode ?? 0;
            if (!good[kind].includes(status)) return end(bytes, `${kind}: ${status}`);
            if (kind !== 'upload') return end(bytes);
            const stored = Buffer.concat(parts).toString().split('"stored"').length - 1;
            end(bytes, stored === entries ? undefined : `upload: ${stored} stored`);
          });
        },
      );
      asking.on('timeout', () => asking.destroy(new Error('silent for 20 s')));
      let hasAnswer = false;
      asking.on('response', () => {
        hasAnswer = true;
      });
      asking.on('error', (error) => {
        // a kept connection was closed as it was used: browsers take another, without a word
        if (asking.reusedSocket && !hasAnswer && error.message === 'socket hang up')
          resolve(send(order, dueAt, at));
        else end(0, `${kind}: ${error.message}`);
      });
      asking.end(body);
    });
  };

  return {
    send,
    close: () => agents.forEach((agent) => void agent.destroy()),
  };
}
