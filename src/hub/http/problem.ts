import type { Context } from 'hono';
import { problemDocument } from '../../node/problem-document.ts';

/** Every code with its status and title; docs/hub.md lists them. */
export const problems = {
  'not-found': [404, 'There is nothing here'],
  malformed: [400, 'The body is not in its one accepted spelling'],
  'wrong-type': [400, 'The token is of another type'],
  'bad-shape': [400, 'The content has another shape'],
  'bad-encoding': [400, 'The body is not what its content encoding says'],
  'unsupported-encoding': [415, 'Only gzip is accepted as content encoding'],
  'too-large': [413, 'The body is too large'],
  'too-slow': [408, 'The body stopped coming'],
  busy: [503, 'There is no room for the body now; Retry-After says when to ask again'],
  'unknown-device': [401, 'The device is not enrolled here'],
  'bad-signature': [401, 'The signature is not good'],
  'wrong-device': [403, 'The content is about another device'],
  'token-old': [401, 'The token is dated over five minutes off'],
  'no-group': [404, 'The device stands at no gate of a site, or is revoked'],
  'code-unknown': [404, 'The enrolment code is not known'],
  'code-used': [409, 'The enrolment code has been used'],
  'code-expired': [410, 'The enrolment code has expired'],
  'sign-in-needed': [401, 'Nobody is signed in, or not any longer'],
  'sign-in-failed': [401, 'Name, password, code or passkey is not right'],
  'second-factor-needed': [401, 'The code of the second factor is needed as well'],
  'not-allowed': [403, 'This account may not do that, or not there'],
  'cross-site': [403, 'Another site asked'],
  'not-secure': [403, 'The console needs https, or the hub’s own machine'],
  'invitation-unknown': [404, 'The invitation is not known'],
  'invitation-used': [409, 'The invitation has been used'],
  'invitation-expired': [410, 'The invitation is over'],
  'name-taken': [409, 'There is an account of this name'],
  'weak-password': [422, 'The password is too easy'],
  'bad-passkey': [422, 'The passkey could not be checked'],
  'bad-code': [422, 'The code of the second factor is not right'],
  'changed-meanwhile': [409, 'Somebody else has changed it meanwhile'],
  'last-admin': [409, 'It is the only account that can manage others'],
  'last-proof': [409, 'Without it the account could not be signed in to'],
  'gate-known': [409, 'There is a gate of this id'],
  'gate-closed': [409, 'The gate is closed: no phone is enrolled there'],
  'site-known': [409, 'There is a site of this id'],
  'site-in-use': [409, 'Gates stand at this site'],
  'no-site': [422, 'There is no site of this id'],
  'no-table': [422, 'The file is no table of gates, or too large a one'],
  'too-long': [422, 'A workbook of so many entries opens nowhere; a text file takes them all'],
  'no-issuing': [404, 'No issuing side is set up here'],
  'demo-data-there': [409, 'The demo data, or gates under its ids, are there already'],
  'too-many': [429, 'Too many requests; Retry-After says when there is room'],
  unavailable: [503, 'The database cannot store now; Retry-After says when to ask again'],
  'clock-doubtful': [
    503,
    'The clock of this server is in doubt; it signs nothing until that is mended',
  ],
  'issuing-away': [503, 'The issuing side is starting anew; Retry-After says when to ask again'],
  internal: [500, 'Something went wrong'],
} as const;

/** Every error the hub answers with; stable, for programs to switch on. */
export type ProblemCode = keyof typeof problems;

/** A problem document (RFC 9457) with the code as an extension member. Holds nothing of the request. */
export function problem(
  context: Context,
  code: ProblemCode,
  headers: Readonly<Record<string, string>> = {},
): Response {
  const [status, title] = problems[code];
  return context.body(...problemDocument(code, status, title, headers));
}

/** 429 with `Retry-After` in seconds (RFC 6585 section 4). */
export const tooMany = (context: Context, waitS: number): Response =>
  problem(context, 'too-many', { 'retry-after': String(waitS) });

const retryS = 5;

/** What is wrong with a body; `busy` with `Retry-After`. */
export const bodyProblem = (context: Context, code: ProblemCode): Response =>
  problem(context, code, code === 'busy' ? { 'retry-after': String(retryS) } : {});

/** 503 with `Retry-After` in seconds (RFC 9110 section 15.6.4). */
export const unavailable = (context: Context): Response =>
  problem(context, 'unavailable', { 'retry-after': String(retryS) });

/** 503 while this server's clock is in doubt: phones offer the same again. */
export const doubtful = (context: Context): Response =>
  problem(context, 'clock-doubtful', { 'retry-after': '60' });
