import type { Context } from 'hono';
import * as v from 'valibot';
import type { DeskPermission } from '../../core/health/desk-roles.ts';
import { err, ok, type Result } from '../../core/result.ts';
import type { EpochMillis } from '../../core/units.ts';
import type { Bodies } from '../../node/http/bodies.ts';
import { readText } from '../../node/http/body.ts';
import { bodyOf } from '../../node/http/body-source.ts';
import type { Actor } from '../../node/store/act-log.ts';
import type { Issuing } from '../authority.ts';
import type { Seat } from '../publishing/seat.ts';
import type { IdentityProvider } from '../sign-in/identity-provider.ts';
import type { Signed } from '../sign-in/sessions.ts';
import type { ProblemCode } from './problem.ts';

/** What every route of the service may use. */
export interface Service extends Issuing {
  readonly seat: Seat;
  readonly bodies: Bodies;
  /** Who says who a citizen is; without one nobody signs in. */
  readonly provider?: IdentityProvider;
  /** Where the citizen's page lies: what a browser is sent to after signing in. */
  readonly home: string;
  readonly trustProxy: boolean;
  /** Where the link of a poster leads, a host with its port; absent: as the desk reaches the service. */
  readonly posterHost?: string;
  /** Takes one live code of this person's allowance; seconds to wait. */
  readonly takeLive: (whose: string) => number;
  /** Says when the clock must not date anything that is signed. */
  readonly signing?: { doubt(): string | undefined };
  /** Something urgent has become worse: publish soon. */
  readonly nudge?: () => void;
}

/** A request, read once: what it is for and when it came. */
export interface Asked {
  readonly context: Context;
  readonly service: Service;
  readonly now: EpochMillis;
}

export type AskedBy = Asked & { readonly signed: Signed };

export type Needs = 'nobody' | 'citizen' | 'desk' | DeskPermission;

/** A route of the service: one row of the table that everything is generated from. */
export interface Row {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Below `/authority`. */
  readonly path: `/${string}`;
  readonly needs: Needs;
  /** Something is signed with the server's clock. */
  readonly signs?: true;
  readonly handle: (asked: AskedBy) => Promise<Response>;
}

const maxBytes = 64 * 1024;

/** U+0000 as JSON or a URL writes it: no column of PostgreSQL takes it. */
export const holdsNul = (text: string): boolean => /\\u0000|%00/i.test(text);

/** The JSON body, in its shape. */
export async function readJson<const S extends v.GenericSchema>(
  asked: Asked,
  shape: S,
  most = maxBytes,
): Promise<Result<v.InferOutput<S>, ProblemCode>> {
  const text = await readBodyText(asked, most);
  if (!text.ok) return text;
  let json: unknown;
  try {
    json = JSON.parse(text.value);
  } catch {
    return err('malformed');
  }
  const parsed = v.safeParse(shape, json);
  return parsed.success ? ok(parsed.output) : err('bad-shape');
}

/** The body as text. */
export async function readBodyText(
  { context, service }: Asked,
  most = maxBytes,
): Promise<Result<string, ProblemCode>> {
  const text = await readText(bodyOf(context), most, service.bodies);
  if (text.ok && holdsNul(text.value)) return err('malformed');
  return text;
}

/** What is answered is of this moment and of nobody else. */
export const answer = (context: Context, facts: object, status: 200 | 201 = 200): Response =>
  context.json(facts, status, { 'cache-control': 'no-store' });

/** An operator as the log of acts names them. A citizen is never named there. */
export const actorOf = ({ whose, name }: Signed): Actor => ({ operator: whose, name });
