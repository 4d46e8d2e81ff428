import type { PassKind } from '../../core/pass/kinds.ts';
import { overAfter } from './over-after.ts';

/** What the citizen chose to show. */
export interface Choice {
  issuer: string;
  state: string;
  kind: PassKind;
  form: 'cwt' | 'jwt';
  relative: boolean;
  notice: string;
}

/** A pass as the server stamped it; times in epoch seconds. */
export interface Stamp {
  readonly text: string;
  readonly iat: number;
  readonly exp: number;
  /** The server's clock when it answered. */
  readonly now: number;
  /** Of a code made on this phone: when its credential ends, and whether that is soon. */
  readonly credential?: { readonly exp: number; readonly isLow: boolean };
}

export type StampProblem = 'unreachable' | 'refused' | 'firstTime' | 'dayOver';

/** Fetches one fresh pass from the issuer. Nothing personal is in the address: the people are built into the server. */
export async function fetchStamp(choice: Choice): Promise<Stamp | StampProblem> {
  const { relative, notice, ...rest } = choice;
  const query = new URLSearchParams({ ...rest, relative: relative ? '1' : '0', notice });
  try {
    const answer = await fetch(`./pass?${query}`, {
      cache: 'no-store',
      signal: overAfter(5000),
    });
    if (answer.status === 400) return 'refused';
    const stamp: unknown = answer.ok ? await answer.json() : undefined;
    return isStamp(stamp) ? stamp : 'unreachable';
  } catch {
    return 'unreachable';
  }
}

function isStamp(value: unknown): value is Stamp {
  if (typeof value !== 'object' || value === null) return false;
  const { text, iat, exp, now } = value as { [member: string]: unknown };
  return typeof text === 'string' && [iat, exp, now].every(Number.isSafeInteger);
}
