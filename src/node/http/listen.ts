import type { Server } from 'node:http';
import { createServer as createTlsServer, type Server as TlsServer } from 'node:https';
import { createAdaptorServer } from '@hono/node-server';
import type { Hono } from 'hono';
import { CommandError } from '../command-error.ts';
import { capConnections } from './connections.ts';
import type { TlsPair } from './tls.ts';

export interface Listening {
  readonly port: number;
  /** New connections get this certificate; those there are stay as they are. */
  renew(pair: TlsPair): void;
  /** Takes no new connection and resolves when what was asked is answered, after 10 s at the latest. */
  close(): Promise<void>;
}

const graceMs = 10_000;

/**
 * Nobody holds a connection by sending slowly. A full batch on a very slow line (50 KB at 4 kbit/s)
 * takes 100 s, and more where it is lossy; one that says nothing is cut by `readBody` long before. Idle connections outlive those a proxy keeps (nginx: 60 s), so that it never sends
 * into one that is being closed.
 */
export const patience = { headersTimeout: 30_000, requestTimeout: 300_000 };
/** Two round trips of 2 s, each packet sent again after 1, 2, 4 and 8 s where 30 % are lost. */
export const handshakeTimeout = 30_000;
const fixed = {
  keepAliveTimeout: 75_000,
  connectionsCheckingInterval: 1000,
  maxHeaderSize: 8192,
} as const;

interface Place {
  readonly host: string;
  readonly port: number;
  readonly tls?: TlsPair;
  /** Milliseconds for the headers and for a whole request. */
  readonly patience?: typeof patience;
  /** Default 8,192. */
  readonly maxConnections?: number;
}

export async function listen(app: Hono, place: Place): Promise<Listening> {
  const { host, port } = place;
  const server = createServer(app, place);
  capConnections(server, place.maxConnections);
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(explain(error, host, port)));
    server.listen(port, host, resolve);
  });
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : port,
    renew: (pair) => {
      if ('setSecureContext' in server) server.setSecureContext(pair);
    },
    close: () => closed(server),
  };
}

function createServer(app: Hono, { tls, patience: times = patience }: Place): Server | TlsServer {
  const options = { ...fixed, ...times };
  const answering = { fetch: app.fetch, hostname: 'localhost' }; // HTTP/1.0 needs no Host
  return createAdaptorServer(
    tls
      ? {
          ...answering,
          createServer: createTlsServer,
          serverOptions: { ...options, ...tls, handshakeTimeout, minVersion: 'TLSv1.2' },
        }
      : { ...answering, serverOptions: options },
  ) as Server | TlsServer;
}

/** A client that keeps its connection is told to go with its next answer, or cut while it is idle. */
function closed(server: Server | TlsServer): Promise<void> {
  return new Promise((resolve) => {
    server.prependListener('request', (_, response) => response.setHeader('connection', 'close'));
    const idle = setInterval(() => server.closeIdleConnections(), 50);
    const timer = setTimeout(() => server.closeAllConnections(), graceMs);
    server.close(() => {
      clearInterval(idle);
      clearTimeout(timer);
      resolve();
    });
  });
}

function explain(error: NodeJS.ErrnoException, host: string, port: number): CommandError {
  if (error.code === 'EADDRINUSE') {
    return new CommandError(`port ${port} is in use; choose another with --port`);
  }
  if (error.code === 'EACCES')
    return new CommandError(`port ${port} needs more rights than we have`);
  return new CommandError(`cannot listen on ${host} port ${port} (${error.code ?? 'unknown'})`);
}
