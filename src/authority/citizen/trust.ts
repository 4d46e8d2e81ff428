import { isIssuerId, looksLikeDay } from '../../core/ids.ts';
import type { Bytes } from '../../core/units.ts';
import { type Representation, representation, respond } from '../../node/http/representation.ts';
import type { AskedBy, Row } from '../http/asked.ts';
import { problem } from '../http/problem.ts';

/** Compressed once as long as the file is the same. */
const known = new WeakMap<Bytes, Representation>();

async function serve({ context, service }: AskedBy, ...path: string[]): Promise<Response> {
  const bytes = service.seat.file(...path);
  if (!bytes) return problem(context, 'not-found');
  const isList = path[0] === 'lists' || path[0] === 'deltas';
  const type = isList ? 'application/jwt' : 'application/json';
  const served = known.get(bytes) ?? representation(bytes, type, 'no-cache');
  known.set(bytes, served);
  return respond(context, served);
}

type Is = (text: string) => boolean;
const isVersion: Is = (text) => /^[1-9]\d{0,3}$/.test(text);

/** No part of an address becomes one of a path that does not look like what lies there. */
const named =
  (folder: string, parts: Readonly<Record<string, Is>>) =>
  async (asked: AskedBy): Promise<Response> => {
    const names = Object.keys(parts).map((name) => asked.context.req.param(name) ?? '');
    const isGood = Object.values(parts).every((is, at) => is(names[at] ?? ''));
    return isGood ? serve(asked, folder, ...names) : problem(asked.context, 'not-found');
  };

const get = { method: 'GET', needs: 'nobody' } as const;

/**
 * The published trust files, so that a citizen's phone can check posters without a network. They are
 * everybody's: who asks is not looked at.
 */
export const trustRows: readonly Row[] = [
  { ...get, path: '/trust/root/:id', handle: named('root', { id: isVersion }) },
  { ...get, path: '/trust/bundle', handle: (asked) => serve(asked, 'bundle') },
  {
    ...{ ...get, path: '/trust/lists/:id/:day' },
    handle: named('lists', { id: isIssuerId, day: looksLikeDay }),
  },
  { ...get, path: '/trust/deltas/:id', handle: named('deltas', { id: isIssuerId }) },
];
