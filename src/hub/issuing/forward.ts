import { Agent, type IncomingMessage, request } from 'node:http';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Context, Hono } from 'hono';
import { clientOf } from '../../node/http/address.ts';
import { whereOf } from '../../node/http/where.ts';
import { problem } from '../http/problem.ts';

/** The issuing side's own process, on this machine. */
export interface IssuingPort {
  /** Where it answers now; undefined while it is starting. */
  port(): number | undefined;
}

/** What is the issuing side's of this address. */
const paths = ['/authority/*', '/citizen/*', '/v', '/demo/id/*'] as const;
/** A source's largest file, and something for its wrapping. */
const maxBytes = 34 * 1024 * 1024;
/** Milliseconds without an answer: a dry run over a million people takes two minutes. */
const silenceMs = 300_000;
const retry = { 'retry-after': '5' };

/**
 * Hands what is the issuing side's on to it, and its answer back as it comes: bodies are never held
 * here and nothing of them is looked at. It hears who asks, and how, from us alone.
 */
export function issuingRoutes(side: IssuingPort, trustProxy: boolean): Hono {
  const agent = new Agent({ keepAlive: true });
  const routes = new Hono();
  for (const path of paths) {
    routes.all(path, async (context) => {
      const port = side.port();
      if (port === undefined) return problem(context, 'issuing-away', retry);
      if (Number(context.req.header('content-length') ?? 0) > maxBytes)
        return problem(context, 'too-large');
      try {
        return await handOn(context, { port, agent, trustProxy });
      } catch (error) {
        if (error instanceof TooLarge) return problem(context, 'too-large');
        return problem(context, 'issuing-away', retry);
      }
    });
  }
  return routes;
}

interface Way {
  readonly port: number;
  readonly agent: Agent;
  readonly trustProxy: boolean;
}

function handOn(context: Context, { port, agent, trustProxy }: Way): Promise<Response> {
  const { raw } = context.req;
  const { pathname, search } = new URL(raw.url);
  const headers = requestHeaders(context, trustProxy);
  return new Promise((resolve, reject) => {
    const asking = request(
      { host: '127.0.0.1', port, agent, method: raw.method, path: pathname + search, headers },
      (answer) => resolve(responseOf(answer, raw.method)),
    );
    const cap = capped();
    // a body that is cut ends the question too, and that may be heard of first
    const fail = (error: unknown) => reject(cap.errored ?? error);
    asking.once('error', fail);
    asking.setTimeout(silenceMs, () => asking.destroy(new Error('no answer')));
    raw.signal.addEventListener('abort', () => asking.destroy(), { once: true });
    if (!raw.body) asking.end();
    else
      pipeline(
        Readable.fromWeb(raw.body as Parameters<typeof Readable.fromWeb>[0]),
        cap,
        asking,
      ).catch(fail); // answered already: nothing happens
  });
}

class TooLarge extends Error {}

function capped(): Transform {
  let length = 0;
  return new Transform({
    transform(chunk: Uint8Array, _, done) {
      length += chunk.length;
      if (length > maxBytes) done(new TooLarge());
      else done(null, chunk);
    },
  });
}

/** Of one connection alone (RFC 9110 section 7.6.1). */
const hopByHop = new Set([
  ...['connection', 'keep-alive', 'proxy-authenticate', 'proxy-authorization', 'proxy-connection'],
  ...['te', 'trailer', 'transfer-encoding', 'upgrade', 'expect'],
]);

const named = (connection: string | null | undefined): string[] =>
  (connection ?? '').split(',').map((name) => name.trim().toLowerCase());

/** As it came, but for what one connection is about and what others say of who asks. */
function requestHeaders(context: Context, trustProxy: boolean): Record<string, string> {
  const { headers } = context.req.raw;
  const dropped = new Set([...hopByHop, ...named(headers.get('connection')), 'forwarded']);
  const kept = [...headers].filter(
    ([name]) => !dropped.has(name) && !name.startsWith('x-forwarded-'),
  );
  const where = whereOf(context, trustProxy);
  const client = clientOf(context, trustProxy);
  return {
    ...Object.fromEntries(kept),
    host: new URL(where.origin).host,
    'x-forwarded-proto': where.https ? 'https' : 'http',
    ...(client !== undefined && { 'x-forwarded-for': client }),
  };
}

function responseOf(answer: IncomingMessage, method: string): Response {
  const { statusCode: status = 502, headersDistinct } = answer;
  const dropped = new Set([...hopByHop, ...named(answer.headers.connection)]);
  const headers = new Headers();
  for (const [name, values = []] of Object.entries(headersDistinct))
    if (!dropped.has(name)) for (const value of values) headers.append(name, value);
  if (method !== 'HEAD' && ![204, 205, 304].includes(status))
    return new Response(Readable.toWeb(answer) as ReadableStream, { status, headers });
  answer.resume();
  return new Response(null, { status, headers });
}
