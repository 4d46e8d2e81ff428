import { Hono } from 'hono';
import { expect, it } from 'vitest';
import { whereOf } from '../../src/node/http/where.ts';

async function where(trustProxy: boolean, address: string, headers: HeadersInit = {}) {
  const app = new Hono().get('/', (context) => context.json(whereOf(context, trustProxy)));
  const incoming = { socket: { remoteAddress: address } };
  return (await app.request('http://code.example/', { headers }, { incoming })).json();
}

it('who asks through a proxy of this machine is not this machine', async () => {
  const lan = { 'x-forwarded-for': '192.168.1.7', 'x-forwarded-proto': 'http' };
  expect(await where(true, '127.0.0.1', lan)).toMatchObject({ local: false, https: false });
  const own = { 'x-forwarded-for': '::1' };
  expect(await where(true, '127.0.0.1', own)).toMatchObject({ local: true });
});

it('what a question says of itself is not believed where there is no proxy', async () => {
  const claims = { 'x-forwarded-for': '127.0.0.1', 'x-forwarded-proto': 'https' };
  expect(await where(false, '192.168.1.7', claims)).toMatchObject({ local: false, https: false });
  expect(await where(false, '::ffff:127.0.0.1', {})).toMatchObject({ local: true });
});
