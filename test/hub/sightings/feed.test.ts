import { expect, it, vi } from 'vitest';
import { epochMillis } from '../../../src/core/units.ts';
import { createSightingFeed, type SightingListener } from '../../../src/hub/sightings/feed.ts';
import type { Queries, Sql } from '../../../src/node/database.ts';

/** A database in which every device stands at the site, and that answers when it is let. */
function slowDatabase() {
  const waiting: (() => void)[] = [];
  const query = async (text: string, params: readonly unknown[] = []) => {
    if (!text.includes('from devices')) return [];
    await new Promise<void>((resolve) => waiting.push(resolve));
    return (params[0] as string[]).map((id) => ({ id, site: 'garden' }));
  };
  const sql: Sql = {
    kind: 'pglite',
    query: query as Queries['query'],
    transaction: (work) => work({ query: query as Queries['query'] }),
    close: async () => undefined,
  };
  return { sql, waiting };
}

it('a phone that comes while the others are looked at is not taken for a stranger', async () => {
  const { sql, waiting } = slowDatabase();
  let now = 1_000_000;
  const clock = { wall: () => epochMillis(now), monotonic: () => now };
  const feed = createSightingFeed({ sql, clock, failed: vi.fn(), times: { tickMs: 20 } });
  const ended: string[] = [];
  const told: string[] = [];
  const listener = (device: string): SightingListener => ({
    ...{ device, site: 'garden', windowS: 300, hasRoom: () => true },
    send: () => told.push(device),
    beat: () => undefined,
    end: () => ended.push(device),
  });
  const stops = [feed.listen(listener('first'))];
  await vi.waitFor(() => expect(waiting).toHaveLength(1));
  stops.push(feed.listen(listener('second')));
  waiting.shift()?.();
  await vi.waitFor(() => expect(told).toContain('second'));
  now += 2000;
  await vi.waitFor(() => expect(waiting).toHaveLength(1));
  waiting.shift()?.();
  await vi.waitFor(() => expect(told).toEqual(['first', 'second']));
  expect(ended).toEqual([]);
  for (const stop of stops) stop();
  await feed.close();
});
