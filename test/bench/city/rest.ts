import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';

/**
 * Asks for a file as a phone on a slow line does whose transfer broke off in the middle: whether the cache
 * gives the rest of that very file (RFC 9110 section 14), after a beginning that came in a coding.
 */
export async function givesTheRest(origin: string, path: string): Promise<boolean> {
  const packed = await ask(origin + path, { 'accept-encoding': 'br' });
  const etag = (packed.headers.etag ?? '').replace(/^W\//, ''); // as `src/browser/remote` does
  const whole = await ask(origin + path, { 'accept-encoding': 'identity' });
  const range = { 'accept-encoding': 'identity', range: 'bytes=1000-', 'if-range': etag };
  const rest = await ask(origin + path, range);
  const isRest = rest.statusCode === 206 && rest.body.equals(whole.body.subarray(1000));
  const other = await ask(origin + path, { ...range, 'if-range': '"another"' });
  return isRest && other.statusCode === 200;
}

type Answer = Pick<IncomingMessage, 'headers' | 'statusCode'> & { readonly body: Buffer };

const ask = (url: string, headers: Record<string, string>): Promise<Answer> =>
  new Promise((resolve, reject) => {
    request(url, { headers, rejectUnauthorized: false }, (answer) => {
      const parts: Buffer[] = [];
      answer.on('data', (part: Buffer) => parts.push(part));
      const { headers: said, statusCode } = answer;
      answer.on('end', () => resolve({ headers: said, statusCode, body: Buffer.concat(parts) }));
    })
      .on('error', reject)
      .end();
  });
