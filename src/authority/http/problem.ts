import type { Context } from 'hono';
import { problemDocument } from '../../node/problem-document.ts';

/** Every code with its status and title; docs/authority.md lists them. */
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
  'sign-in-needed': [401, 'Nobody is signed in, or not any longer'],
  'sign-in-failed': [401, 'The sign-in is not good, is over, or was used before'],
  'not-allowed': [403, 'This account may not do that'],
  'cross-site': [403, 'Another site asked'],
  'not-secure': [403, 'It needs https, or the server’s own machine'],
  'too-many': [429, 'Too often; Retry-After says when there is room'],
  'declared-thrice': [
    429,
    'All declarations of the day are made; Retry-After says when the next day begins',
  ],
  'declare-first': [409, 'Nothing has been declared yet, so there is no code'],
  'state-unknown': [503, 'The state cannot be worked out, so no code is made'],
  'issuer-closed': [503, 'This scheme issues no codes now'],
  'list-full': [503, 'There is no index left for a code'],
  'bad-proof': [400, 'The proof of the phone’s key is not good'],
  'bad-document': [422, 'The number is not one of this type of document'],
  'not-your-relative': [403, 'This person’s code cannot be shown by you'],
  'too-many-relatives': [409, 'There are three already'],
  'not-guardian': [422, 'The register does not name you as a guardian of such a child'],
  'consent-unknown': [422, 'The code is not known, is over, or was used'],
  'relative-self': [422, 'The code is your own'],
  'no-person': [404, 'Nobody here has this document'],
  'appeal-open': [409, 'An appeal waits for its answer already'],
  'appeal-unknown': [404, 'There is no such appeal that waits for an answer'],
  'fact-unknown': [422, 'There is no such fact of this person'],
  'unknown-source': [404, 'There is no such source'],
  'bad-signature': [401, 'The signature is not good'],
  'other-batch': [409, 'The source has sent other content under this name'],
  'bad-rules': [422, 'These are no rules of this scheme'],
  'rules-failed': [422, 'The rules fail for somebody, and are not taken into use'],
  'application-open': [409, 'An application for a place of this name waits already'],
  'application-unknown': [404, 'There is no such application that waits'],
  'place-unknown': [404, 'There is no such place, or no such code of it'],
  'place-taken': [409, 'The place has another good code; say that it is to be replaced'],
  'too-many-visits': [422, 'There are more visits than a file holds; ask for a shorter time'],
  unavailable: [503, 'The database cannot store now; Retry-After says when to ask again'],
  'clock-doubtful': [
    503,
    'The clock of this server is in doubt; it signs nothing until that is mended',
  ],
  internal: [500, 'Something went wrong'],
} as const;

/** Every error the authority answers with; stable, for programs to switch on. */
export type ProblemCode = keyof typeof problems;

/** A problem document (RFC 9457) with the code as an extension member. Holds nothing of the request. */
export function problem(
  context: Context,
  code: ProblemCode,
  headers: Readonly<Record<string, string>> = {},
): Response {
  const [status, title] = problems[code];
  const retry = code === 'busy' || code === 'unavailable' ? { 'retry-after': '5' } : {};
  return context.body(...problemDocument(code, status, title, { ...retry, ...headers }));
}

/** 429 with `Retry-After` in seconds (RFC 6585 section 4). */
export const tooMany = (
  context: Context,
  waitS: number,
  code: 'too-many' | 'declared-thrice' = 'too-many',
): Response => problem(context, code, { 'retry-after': String(Math.max(1, Math.ceil(waitS))) });
