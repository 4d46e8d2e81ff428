import { gzipSync } from 'node:zlib';
import type { Remote, RemoteAnswer } from '../../src/app/ports.ts';
import type { Bytes } from '../../src/core/units.ts';
import type { Dice } from './dice.ts';
import type { Armed, NetworkFault } from './fault-plan.ts';
import type { Life } from './mortal.ts';

export interface NetworkParts {
  /** Origin of the hub for a path; it may or may not be running now. */
  origin(path: string): string;
  readonly dice: Dice;
  readonly armed: Armed;
  readonly life: Life;
  isOnline(): boolean;
}

interface Sent {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Bytes;
}

const offline: RemoteAnswer = { kind: 'offline' };
const timeLimitMs = 20_000;

/** Real HTTP over the loopback to a real hub, through a network that does its worst. */
export function hostileNetwork(parts: NetworkParts): Remote {
  const late: Sent[] = [];

  async function send(sent: Sent): Promise<RemoteAnswer> {
    const { life, armed, dice } = parts;
    if (life.dead) return new Promise<never>(() => {});
    if (!parts.isOnline()) return offline;
    const answer = await struck(sent, armed.takeNetwork(), dice);
    return life.dead ? new Promise<never>(() => {}) : answer;
  }

  async function struck(
    sent: Sent,
    fault: NetworkFault | undefined,
    dice: Dice,
  ): Promise<RemoteAnswer> {
    const transmit = (what: Sent) => request(parts.origin(what.path), what);
    switch (fault) {
      case undefined:
        return transmit(sent);
      case 'lost-request':
        return offline;
      case 'lost-response':
        await transmit(sent);
        return offline;
      case 'duplicate': {
        const [answer] = await Promise.all([transmit(sent), transmit(sent)]);
        return answer;
      }
      case 'late-replay': {
        const old = late.shift();
        late.push(sent); // comes to the hub a second time, long after
        const answer = await transmit(sent);
        if (old) await transmit(old);
        return answer;
      }
      case 'truncated-request':
        return transmit({ ...sent, ...bent(sent.body, (body) => cut(body, dice)) });
      case 'flipped-request':
        return transmit({ ...sent, ...bent(sent.body, (body) => flip(body, dice)) });
      case 'truncated-answer':
        return bentAnswer(await transmit(sent), (body) => cut(body, dice));
      case 'flipped-answer':
        return bentAnswer(await transmit(sent), (body) => flip(body, dice));
      default:
        return madeUp(fault, dice);
    }
  }

  return {
    origin: parts.origin('/'),
    online: parts.isOnline,
    get: (path, options) =>
      send({ path, headers: options?.etag ? { 'if-none-match': options.etag } : {} }),
    post(path, body, options) {
      const headers: Record<string, string> = {
        'content-type': options?.contentType ?? 'application/json',
        ...(options?.gzip && { 'content-encoding': 'gzip' }),
      };
      const bytes = options?.gzip ? gzipSync(body) : Buffer.from(body);
      return send({ path, headers, body: Uint8Array.from(bytes) });
    },
  };
}

async function request(origin: string, { path, headers, body }: Sent): Promise<RemoteAnswer> {
  try {
    const response = await fetch(new URL(path, origin), {
      method: body ? 'POST' : 'GET',
      headers,
      body: body ?? null,
      signal: AbortSignal.timeout(timeLimitMs),
    });
    const etag = response.headers.get('etag');
    const bytes = new Uint8Array(await response.arrayBuffer());
    return { kind: 'answer', status: response.status, body: bytes, ...(etag !== null && { etag }) };
  } catch {
    return offline;
  }
}

/** An answer nobody asked the hub for. */
function madeUp(fault: NetworkFault, dice: Dice): RemoteAnswer {
  const answer = (status: number, text: string): RemoteAnswer => ({
    kind: 'answer',
    status,
    body: new TextEncoder().encode(text),
  });
  if (fault === 'portal')
    return answer(200, '<html><body>Welcome to the free network</body></html>');
  if (fault === 'status-413') return answer(413, '{}');
  if (fault === 'status-429') return answer(429, '{}');
  if (fault === 'status-5xx') return answer(dice.pick([500, 502, 503, 504]), '');
  return answer(dice.pick([400, 401, 403, 404, 410]), '{}');
}

type Bend = (body: Bytes) => Bytes;
const cut = (body: Bytes, dice: Dice): Bytes => body.slice(0, dice.whole(body.length));

function flip(body: Bytes, dice: Dice): Bytes {
  const bent = body.slice();
  const at = dice.whole(bent.length);
  bent[at] = (bent[at] ?? 0) ^ (1 << dice.whole(8));
  return bent;
}

const bent = (body: Bytes | undefined, bend: Bend) =>
  body && body.length > 0 ? { body: bend(body) } : {};
const bentAnswer = (answer: RemoteAnswer, bend: Bend): RemoteAnswer =>
  answer.kind === 'answer' && answer.body.length > 0
    ? { ...answer, body: bend(answer.body) }
    : answer;
