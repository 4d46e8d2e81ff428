import { Hono } from 'hono';
import { problem } from '../http/problem.ts';
import type { Hub } from '../hub.ts';

/**
 * `GET /kakou.crt`: the authority of a certificate the hub made itself, by a type at which phones offer
 * to install it.
 */
export function certificateRoutes({ certificate }: Pick<Hub, 'certificate'>): Hono {
  return new Hono().get('/kakou.crt', (context) =>
    certificate === undefined
      ? problem(context, 'not-found')
      : context.body(certificate, 200, {
          'content-type': 'application/x-x509-ca-cert',
          'cache-control': 'no-store',
        }),
  );
}
