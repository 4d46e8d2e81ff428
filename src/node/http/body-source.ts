import type { IncomingMessage } from 'node:http';
import type { Context } from 'hono';
import type { BodyReader, BodySource } from './body.ts';

/**
 * The request's body from node itself where there is a network: a web stream around each costs more than
 * all that is done with a small one.
 */
export function bodyOf(context: Context): BodySource {
  const env = context.env as { readonly incoming?: IncomingMessage } | undefined;
  const incoming = env?.incoming;
  if (!incoming) return context.req.raw;
  return {
    headers: { get: (name) => context.req.header(name) ?? null },
    body: { getReader: () => readerOf(incoming) },
  };
}

/** Reads as the reader of a web stream does; a request that is cut off rejects. */
function readerOf(incoming: IncomingMessage): BodyReader {
  /** Node's parser takes no more and no fewer of them; NaN where the request does not say. */
  const announced = Number(incoming.headers['content-length'] ?? Number.NaN);
  let received = 0;
  let isCancelled = false;
  let wake: (() => void) | undefined;
  const stir = () => {
    if (received === announced) incoming.read(); // its end, for which nobody waits
    wake?.();
  };
  for (const event of ['readable', 'end', 'error', 'close'] as const) incoming.on(event, stir);
  return {
    async read() {
      for (;;) {
        if (isCancelled) return {};
        const value: Uint8Array | null = incoming.read();
        if (value !== null) {
          received += value.length;
          return { value, isLast: received === announced };
        }
        if (incoming.readableEnded) return {};
        if (incoming.destroyed) throw new Error('the request was cut off');
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
    async cancel() {
      isCancelled = true;
      stir();
    },
  };
}
