import { Hono } from 'hono';
import type { Hub } from '../hub.ts';
import { problem } from '../problem.ts';

/** `GET /healthz`: the database answers. `GET /metrics`: Prometheus text. */
export function healthRoutes({ sql, clock, metrics }: Hub): Hono {
  const startedAt = clock.monotonic();
  return new Hono()
    .get('/healthz', async (context) => {
      const answers = await sql.query('select 1').then(
        () => true,
        () => false,
      );
      if (!answers) return problem(context, 'unavailable');
      return context.json({ status: 'ok', database: sql.kind }, 200, {
        'cache-control': 'no-store',
      });
    })
    .get('/metrics', (context) =>
      context.body(metrics.text((clock.monotonic() - startedAt) / 1000), 200, {
        'content-type': 'text/plain; version=0.0.4; charset=utf-8',
        'cache-control': 'no-store',
      }),
    );
}
