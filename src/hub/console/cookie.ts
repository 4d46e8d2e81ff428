import type { Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import type { Where } from '../../node/http/where.ts';
import { longestMs } from '../operators/sessions.ts';

/** Over https with the prefix that a page without it cannot set (RFC 6265bis section 4.1.3). */
const nameOf = ({ https }: Where): string => (https ? '__Secure-kakou-console' : 'kakou-console');

export const sessionCookie = (context: Context, where: Where): string | undefined =>
  getCookie(context, nameOf(where));

const attributes = ({ https }: Where) =>
  ({ path: '/console', httpOnly: true, sameSite: 'Strict', secure: https }) as const;

export const keepSession = (context: Context, where: Where, token: string): void =>
  setCookie(context, nameOf(where), token, { ...attributes(where), maxAge: longestMs / 1000 });

export const dropSession = (context: Context, where: Where): void =>
  setCookie(context, nameOf(where), '', { ...attributes(where), maxAge: 0 });
