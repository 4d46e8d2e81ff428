import { buildSightingsToken, type SightingsClaims } from '../../src/core/sightings/tokens.ts';
import { toSeconds } from '../../src/core/units.ts';
import { type EventReader, readEvents } from './event-reader.ts';
import { enrolled, post, type TestDevice, type TestHub } from './test-hub.ts';

export interface SitePhone extends TestDevice {
  readonly gate: string;
}

/** A phone enrolled at this gate of this site, both made where they are not there. */
export async function phoneAt(hub: TestHub, gate: string, site?: string): Promise<SitePhone> {
  const device = await enrolled(hub);
  await moveTo(hub, device, gate, site);
  return { ...device, gate };
}

export async function moveTo(hub: TestHub, { id }: TestDevice, gate: string, site?: string) {
  if (site !== undefined)
    await hub.sql.query(
      `insert into sites (id, name, zones) values ($1, $1, '[]') on conflict do nothing`,
      [site],
    );
  await hub.sql.query(
    `insert into gates (id, name, venue, site, created_at) values ($1, $2, 'residential', $3, 1)
     on conflict (id) do update set site = excluded.site`,
    [gate, `Gate ${gate}`, site ?? null],
  );
  const place = JSON.stringify({ id: gate, name: `Gate ${gate}`, venue: 'residential' });
  await hub.sql.query('update devices set gate_id = $2, gate = $3 where id = $1', [
    id,
    gate,
    place,
  ]);
}

/** What a phone asks with; `change` makes it a crooked one. */
export const tokenOf = (
  hub: TestHub,
  typ: 'sightings' | 'claim',
  { id, key }: TestDevice,
  change: Partial<SightingsClaims> = {},
  by = key,
): Promise<string> =>
  buildSightingsToken(
    typ,
    {
      ...{ device: id, windowS: 300, iat: toSeconds(hub.clock.wall()), nonce: 'bm9uY2U' },
      ...change,
    },
    by.privateKey,
  );

export interface Heard {
  readonly id: string;
  readonly key: string;
  readonly gate: string;
  readonly at: number;
}

export interface SightingReader {
  readonly status: number;
  /** The next sighting, `ready` where all there was has been told, undefined at the end. */
  next(): Promise<Heard | 'ready' | undefined>;
  /** All up to `ready`. */
  untilReady(): Promise<Heard[]>;
  cancel(): Promise<void>;
}

export function sightingReader(answer: Response): SightingReader {
  const events: EventReader = readEvents(answer);
  async function next(): Promise<Heard | 'ready' | undefined> {
    for (;;) {
      const piece = await events.piece();
      if (piece === undefined) return undefined;
      const found = /^id: (\d+)\nevent: (sighting|ready)\ndata: (.*)$/.exec(piece);
      if (found?.[2] === 'ready') return 'ready';
      if (found) return { id: found[1] ?? '', ...JSON.parse(found[3] ?? '') };
    }
  }
  return {
    status: events.status,
    next,
    async untilReady() {
      const all: Heard[] = [];
      for (let one = await next(); one && one !== 'ready'; one = await next()) all.push(one);
      return all;
    },
    cancel: events.cancel,
  };
}

export async function listen(
  hub: TestHub,
  phone: TestDevice,
  { last, ...change }: Partial<SightingsClaims> & { readonly last?: string } = {},
): Promise<SightingReader> {
  const headers = {
    authorization: `Bearer ${await tokenOf(hub, 'sightings', phone, change)}`,
    ...(last !== undefined && { 'last-event-id': last }),
  };
  return sightingReader(await hub.app.request('/v1/sightings', { headers }));
}

export async function claim(hub: TestHub, phone: TestDevice, key: string, change = {}) {
  const answer = await post(
    hub,
    '/v1/claims',
    await tokenOf(hub, 'claim', phone, { key, ...change }),
  );
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}
