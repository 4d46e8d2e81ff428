import { isIssuerId, isSiteId } from '../ids.ts';

/**
 * Where an operator may act: everywhere, or at the gates of these sites and regions. An empty list is
 * nowhere, so that one forgotten opens nothing.
 */
export type Areas = 'all' | readonly Area[];
export type Area = `site:${string}` | `region:${string}`;

export function isArea(text: string): text is Area {
  const [kind, id = ''] = [text.slice(0, text.indexOf(':')), text.slice(text.indexOf(':') + 1)];
  return kind === 'site' ? isSiteId(id) : kind === 'region' && isIssuerId(id);
}

/** Anything that is no list of areas is nowhere. */
export function readAreas(value: unknown): Areas {
  if (value === 'all') return 'all';
  if (!Array.isArray(value)) return [];
  return value.filter((one): one is Area => typeof one === 'string' && isArea(one));
}

/** Where something stands. */
export interface Place {
  readonly site?: string | undefined;
  readonly region?: string | undefined;
}

export const isWithin = (areas: Areas, { site, region }: Place): boolean =>
  areas === 'all' ||
  (site !== undefined && areas.includes(`site:${site}`)) ||
  (region !== undefined && areas.includes(`region:${region}`));
