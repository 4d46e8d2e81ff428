import type { Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import type { Where } from '../../node/http/where.ts';
import { flowMs } from '../sign-in/flows.ts';
import { lives } from '../sign-in/sessions.ts';

/**
 * One row a cookie. The browser comes back from the provider by a link of another site, so what it
 * began with is `Lax`, and lies where nothing but signing in is; a session is `Strict`.
 */
const cookies = {
  citizen: { path: '/authority', sameSite: 'Strict', maxAge: lives.citizen.longestMs / 1000 },
  desk: { path: '/authority/desk', sameSite: 'Strict', maxAge: lives.desk.longestMs / 1000 },
  'sign-in': { path: '/authority/sign-in', sameSite: 'Lax', maxAge: flowMs / 1000 },
} as const;
export type CookieKind = keyof typeof cookies;

/** Over https with the prefix that a page without it cannot set (RFC 6265bis section 4.1.3). */
const nameOf = (kind: CookieKind, { https }: Where): string =>
  `${https ? '__Secure-' : ''}kakou-${kind}`;

export const readCookie = (context: Context, kind: CookieKind, where: Where): string | undefined =>
  getCookie(context, nameOf(kind, where));

export const keepCookie = (
  context: Context,
  kind: CookieKind,
  where: Where,
  token: string,
): void => {
  const { path, sameSite, maxAge } = cookies[kind];
  const secure = where.https;
  setCookie(context, nameOf(kind, where), token, {
    path,
    sameSite,
    maxAge,
    httpOnly: true,
    secure,
  });
};

export const dropCookie = (context: Context, kind: CookieKind, where: Where): void => {
  const { path, sameSite } = cookies[kind];
  const secure = where.https;
  setCookie(context, nameOf(kind, where), '', {
    path,
    sameSite,
    maxAge: 0,
    httpOnly: true,
    secure,
  });
};
