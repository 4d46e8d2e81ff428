import type { Context } from 'hono';
import * as v from 'valibot';
import type { Permission } from '../../core/console/roles.ts';
import { err, ok, type Result } from '../../core/result.ts';
import type { EpochMillis } from '../../core/units.ts';
import { addressOf } from '../../node/http/address.ts';
import { readText } from '../../node/http/body.ts';
import { bodyOf } from '../../node/http/body-source.ts';
import type { Actor } from '../../node/store/act-log.ts';
import type { ProblemCode } from '../http/problem.ts';
import type { Hub } from '../hub.ts';
import type { Signed } from '../operators/sessions.ts';
import type { Door } from '../operators/sign-in.ts';

/** A request to the console, read once: whose it is and when it came. */
export interface Asked {
  readonly context: Context;
  readonly hub: Hub;
  readonly now: EpochMillis;
}
/** One from somebody who is signed in and may ask it. */
export type AskedBy = Asked & Signed;

/** Whom a route answers: anybody, anybody with a session, or whoever may do this. */
export type Needs = 'nobody' | 'a-session' | Permission;

/** A route of the console's API: one row of the table that everything is generated from. */
export interface Row {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below `/console/api`. */
  readonly path: `/${string}`;
  readonly needs: Needs;
  /** A page asks it by itself: no sign of a person. */
  readonly idle?: true;
  readonly handle: (asked: Asked, signed: Signed | undefined) => Promise<Response>;
}

type Method = Row['method'];

/** A route for anybody who reaches the hub. */
export const open = (
  method: Method,
  path: Row['path'],
  handle: (asked: Asked) => Promise<Response>,
): Row => ({ method, path, needs: 'nobody', handle });

/** A route behind a session. */
export const closed = (
  method: Method,
  path: Row['path'],
  needs: Exclude<Needs, 'nobody'>,
  handle: (asked: AskedBy) => Promise<Response>,
  idle?: 'idle',
): Row => ({
  ...{ method, path, needs },
  ...(idle && { idle: true }),
  handle: (asked, signed) => {
    if (!signed) throw new Error('a closed route was asked without a session');
    return handle({ ...asked, ...signed });
  },
});

const maxBytes = 64 * 1024;

/** U+0000 as JSON or a URL writes it: no column of PostgreSQL takes it, and it stands in no text of ours. */
export const holdsNul = (text: string): boolean => /\\u0000|%00/i.test(text);

/** The JSON body, in its shape; unknown members are refused where the shape is strict. */
export async function readJson<const S extends v.GenericSchema>(
  { context, hub }: Asked,
  shape: S,
  most = maxBytes,
): Promise<Result<v.InferOutput<S>, ProblemCode>> {
  const text = await readText(bodyOf(context), most, hub.bodies);
  if (!text.ok) return err(text.error);
  if (holdsNul(text.value)) return err('malformed');
  let json: unknown;
  try {
    json = JSON.parse(text.value);
  } catch {
    return err('malformed');
  }
  const parsed = v.safeParse(shape, json);
  return parsed.success ? ok(parsed.output) : err('bad-shape');
}

/** What is answered is of this moment and of nobody else. */
export const answer = (context: Context, facts: object, status: 200 | 201 = 200): Response =>
  context.json(facts, status, { 'cache-control': 'no-store' });

export const actorOf = ({ operator }: Signed): Actor => ({
  ...{ operator: operator.id, name: operator.name },
});

export const doorOf = ({ context, hub, now }: Asked): Door => ({
  ...{ sql: hub.sql, now, random: hub.random },
  address: addressOf(context, hub.trustProxy ?? false),
  agent: context.req.header('user-agent') ?? '',
  passwordCost: hub.passwordCost,
});
