import type { AskedBy } from '../http/asked.ts';
import { relativesOf } from '../store/relatives.ts';

/** Whom it is about: the person who is signed in, or a relative of theirs. */
export interface Whose {
  readonly person: string;
  readonly isRelative: boolean;
  /** They may see why, and what was declared: of themselves and of a child, not of a grown relative. */
  readonly seesAll: boolean;
}

/** Undefined: it is nobody whose code they may show. */
export async function whoseOf(
  { service, signed, now }: AskedBy,
  relative: string | undefined,
): Promise<Whose | undefined> {
  if (relative === undefined || relative === signed.whose)
    return { person: signed.whose, isRelative: false, seesAll: true };
  const held = await relativesOf(service.sql, signed.whose, service.cipher, now);
  const found = held.find(({ id }) => id === relative);
  return found && { person: relative, isRelative: true, seesAll: found.kind === 'child' };
}
