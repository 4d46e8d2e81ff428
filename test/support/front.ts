import {
  request as ask,
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';

/** What a phone meets at the hub's address. `down`: nobody listens; the others answer in the hub's place. */
export type Met = 'hub' | 'down' | 'page' | 'elsewhere' | 'bad-gateway' | 'refusing';

const html = { 'content-type': 'text/html' };

/** One address before a real hub that can become something else; the app's own files always come. */
export async function frontOf(
  hub: string,
): Promise<{ url: string; meet(met: Met): Promise<void>; close(): Promise<void> }> {
  let met: Met = 'hub';
  let server: Server | undefined;
  let port = 0;
  const respond = (request: IncomingMessage, response: ServerResponse) => {
    const path = request.url ?? '/';
    if (!path.startsWith('/v1/') || met === 'hub') return pass(hub, request, response);
    if (met === 'page')
      return response.writeHead(200, html).end('<!doctype html><h1>Welcome to Wi-Fi');
    if (met === 'elsewhere') return response.writeHead(302, { location: '/login' }).end();
    if (met === 'bad-gateway') return response.writeHead(502, html).end('<html>Bad Gateway');
    if (path === '/v1/scans') return response.writeHead(403).end('{}');
    return pass(hub, request, response);
  };
  const open = async () => {
    const opening = createServer(respond);
    await new Promise<void>((done) => opening.listen(port, '127.0.0.1', done));
    const address = opening.address();
    port = typeof address === 'object' && address ? address.port : 0;
    server = opening;
  };
  const close = async () => {
    const closing = server;
    server = undefined;
    closing?.closeAllConnections();
    await new Promise<void>((done) => (closing ? closing.close(() => done()) : done()));
  };
  await open();
  return {
    url: `http://localhost:${port}/`,
    async meet(next) {
      met = next;
      if (met === 'down') await close();
      else if (!server) await open();
    },
    close,
  };
}

function pass(hub: string, request: IncomingMessage, response: ServerResponse): void {
  const { method, headers } = request;
  const onward = ask(new URL(request.url ?? '/', hub), { method, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  onward.on('error', () => response.destroy());
  request.pipe(onward);
}
