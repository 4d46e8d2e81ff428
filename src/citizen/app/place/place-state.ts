/** The pages, as they stand in the address after `#`. */
export const pages = [
  ...(['code', 'checkin', 'declare', 'record', 'relatives', 'appeals'] as const),
  ...(['visits', 'venues', 'settings'] as const),
] as const;
export type Page = (typeof pages)[number];

/** Where one is. */
export interface Place {
  readonly page: Page;
  /** What follows in the address, `#record/ID`: whom or what the page is about. */
  readonly of?: string;
}

export const hashOf = (page: Page, of?: string): string =>
  `#${page}${of === undefined ? '' : `/${encodeURIComponent(of)}`}`;

/** The code is where one is when the address says nothing. */
export function placeOf(hash: string): Place {
  const [, page = '', of] = /^#([a-z]+)(?:\/([\w%.~-]+))?$/.exec(hash) ?? [];
  const known = pages.find((one) => one === page);
  const about = of === undefined ? undefined : decode(of);
  return known ? { page: known, ...(about !== undefined && { of: about }) } : { page: 'code' };
}

function decode(part: string): string | undefined {
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined;
  }
}
