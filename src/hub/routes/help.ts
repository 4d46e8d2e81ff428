import { Hono } from 'hono';
import { problem } from '../http/problem.ts';
import type { Hub } from '../hub.ts';

/** `GET /v1/help`: whom to call, as text, for the page that opens in a browser too old for the scanner. */
export function helpRoutes({ helpLine }: Hub): Hono {
  return new Hono().get('/help', (context) =>
    helpLine === undefined
      ? problem(context, 'not-found')
      : context.text(helpLine, 200, { 'cache-control': 'no-cache' }),
  );
}
