import type { Bytes } from '../../../src/core/units.ts';
import type { Remote, RemoteAnswer } from '../../../src/ports/remote.ts';

export interface RemoteCall {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body?: string;
  readonly etag?: string;
  readonly maxBytes?: number;
  readonly after?: { readonly bytes: number; readonly etag?: string };
  readonly gzip?: boolean;
  readonly contentType?: string;
}
export type RemoteHandler = (call: RemoteCall) => RemoteAnswer | Promise<RemoteAnswer>;

export interface FakeRemote extends Remote {
  readonly calls: RemoteCall[];
  /** Replaces the hub. */
  handle(handler: RemoteHandler): void;
  /** While offline every call answers `offline` and never reaches the handler. */
  setOnline(online: boolean): void;
}

export const offline: RemoteAnswer = { kind: 'offline' };

/** An answer with a text or byte body. */
export function answer(status: number, body: string | Bytes = '', etag?: string): RemoteAnswer {
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
  return { kind: 'answer', status, body: bytes, ...(etag === undefined ? {} : { etag }) };
}

export function fakeRemote(first: RemoteHandler = () => answer(404)): FakeRemote {
  let handler = first;
  let isOnline = true;
  const calls: RemoteCall[] = [];
  const send = async (call: RemoteCall): Promise<RemoteAnswer> => {
    calls.push(call);
    return isOnline ? handler(call) : offline;
  };
  return {
    calls,
    origin: 'http://localhost',
    get: (path, options) => send({ method: 'GET', path, ...options }),
    post: (path, body, options) => send({ method: 'POST', path, body, ...options }),
    online: () => isOnline,
    handle: (next) => {
      handler = next;
    },
    setOnline: (next) => {
      isOnline = next;
    },
  };
}
