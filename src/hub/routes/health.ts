import { Hono } from 'hono';
import { unavailable } from '../http/problem.ts';
import type { Hub } from '../hub.ts';
import { storeProbe } from '../store/probe.ts';

/** `GET /healthz`: the database can store. `GET /metrics`: Prometheus text. */
export function healthRoutes({ sql, clock, metrics }: Hub): Hono {
  const startedAt = clock.monotonic();
  const canStore = storeProbe(sql, clock);
  return new Hono()
    .get('/healthz', async (context) => {
      if (!(await canStore())) return unavailable(context);
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
