import { request as ask, createServer } from 'node:http';
import { epochMillis, monotonicMillis } from '../../../src/core/units.ts';
import { listen } from '../../../src/node/http/listen.ts';
import { type FakeClock, fakeClock } from '../fakes/fake-clock.ts';
import { runHub } from '../running-hub.ts';
import { type TestAuthority, testAuthority } from './test-authority.ts';

const realClock = (): FakeClock => ({
  ...fakeClock(),
  wall: () => epochMillis(Date.now()),
  monotonic: () => monotonicMillis(performance.now()),
});

export interface OneOrigin {
  readonly url: string;
  readonly hub: Awaited<ReturnType<typeof runHub>>;
  readonly authority: TestAuthority;
  /** Whether the front reaches the issuing side. */
  reach(is: boolean): void;
  close(): Promise<void>;
}

/** A real hub and a real issuing side behind one front, as a proxy puts them on one origin. */
export async function oneOrigin(): Promise<OneOrigin> {
  const hub = await runHub(undefined, undefined, { issuing: 'CN-TJ' });
  const authority = await testAuthority({ clock: realClock() });
  const listening = await listen(authority.app, { host: '127.0.0.1', port: 0 });
  let isReached = true;
  const front = createServer((request, response) => {
    const isIssuing = request.url?.startsWith('/authority/');
    if (isIssuing && !isReached)
      return void response.writeHead(502, { 'content-type': 'text/html' }).end('<h1>Bad Gateway');
    const to = isIssuing ? `http://127.0.0.1:${listening.port}` : hub.url;
    const { method, headers } = request;
    const onward = ask(new URL(request.url ?? '/', to), { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    request.pipe(onward);
  });
  await new Promise<void>((done) => front.listen(0, '127.0.0.1', done));
  const address = front.address();
  return {
    url: `http://localhost:${typeof address === 'object' && address ? address.port : 0}/`,
    ...{ hub, authority },
    reach(is) {
      isReached = is;
    },
    async close() {
      front.closeAllConnections();
      await new Promise<void>((done) => front.close(() => done()));
      await listening.close();
      await authority.close();
      await hub.close();
    },
  };
}
