import type { MiddlewareHandler } from 'hono';
import { pagePolicy } from '../../node/http/page-policy.ts';

/** What a page of ours may do: only what comes from its own origin. */
export const policy = pagePolicy([
  "script-src 'self' 'wasm-unsafe-eval'",
  "img-src 'self' blob:",
  "media-src 'self' blob:",
  "worker-src 'self'",
  'trusted-types kakou',
]);

/** The console decodes nothing, shows no picture but its icon and has no worker. */
export const consolePolicy = pagePolicy([
  "script-src 'self'",
  "img-src 'self'",
  "trusted-types 'none'",
]);

const fixed = Object.entries({
  'permissions-policy': 'camera=(self), microphone=(), geolocation=(), payment=(), usb=()',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
});

/**
 * The same strict headers on every answer: no script, style or request but our own. An answer that
 * brings a policy of its own keeps it: the issuing side's pages need another one.
 */
export const securityHeaders: MiddlewareHandler = async (context, next) => {
  await next();
  const answer = context.res.headers; // `context.header` would make the whole answer anew for each
  if (answer.has('content-security-policy')) return;
  for (const [name, value] of fixed) answer.set(name, value);
  const isConsole = /^\/console(\/|$)/.test(context.req.path);
  answer.set('content-security-policy', isConsole ? consolePolicy : policy);
};
