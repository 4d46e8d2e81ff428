import { gzipSync } from 'node:zlib';
import type { Remote, RemoteAnswer } from '../../src/ports/remote.ts';
import type { TestHub } from './test-hub.ts';

/** The app's way to a hub, without a network in between. */
export function hubRemote(hub: TestHub): Remote {
  const toAnswer = async (answer: Response): Promise<RemoteAnswer> => {
    const etag = answer.headers.get('etag');
    const body = new Uint8Array(await answer.arrayBuffer());
    return { kind: 'answer', status: answer.status, body, ...(etag === null ? {} : { etag }) };
  };
  return {
    origin: 'http://localhost',
    online: () => true,
    async get(path, options) {
      const headers: HeadersInit = options?.etag ? { 'if-none-match': options.etag } : {};
      return toAnswer(await hub.app.request(path, { headers }));
    },
    async post(path, body, options) {
      const headers = new Headers({ 'content-type': options?.contentType ?? 'application/json' });
      if (options?.gzip) headers.set('content-encoding', 'gzip');
      const sent = options?.gzip ? Uint8Array.from(gzipSync(body)) : body;
      return toAnswer(await hub.app.request(path, { method: 'POST', headers, body: sent }));
    },
  };
}
