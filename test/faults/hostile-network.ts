import { gzipSync } from 'node:zlib';
import type { Bytes } from '../../src/core/units.ts';
import type { Remote, RemoteAnswer } from '../../src/ports/remote.ts';
import type { Armed } from './armed.ts';
import type { Dice } from './dice.ts';
import type { NetworkFault } from './fault-plan.ts';
import type { Life } from './mortal.ts';
import type { Witness } from './witness.ts';
import type { WrongDates } from './wrong-dates.ts';

export interface NetworkParts {
  /** Origin of the hub for a path; it may or may not be running now. */
  origin(path: string): string;
  readonly dice: Dice;
  readonly armed: Armed;
  readonly life: Life;
  readonly witness: Witness;
  readonly dates: WrongDates;
  /** May change at any time. */
  readonly network: { readonly isOnline: boolean; readonly takesUploads: boolean };
}

interface Sent {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Bytes;
}

const offline = { kind: 'offline' } as const;
const timeLimitMs = 10_000;

/** Real HTTP over the loopback to a real hub, through a network that does its worst. */
export function hostileNetwork(parts: NetworkParts): Remote {
  const { life, armed, dice, network } = parts;
  /** Sent already, to come to the hub once more, or held back until another has overtaken it. */
  const late: Sent[] = [];

  async function send(sent: Sent): Promise<RemoteAnswer> {
    if (life.dead) return new Promise<never>(() => {});
    if (!network.isOnline) return offline;
    if (!network.takesUploads && sent.path === '/v1/scans') return status(503);
    const whole = parts.dates.needsBody(sent.path) ? { ...sent, headers: {} } : sent;
    const came = await struck(whole, armed.takeNetwork(sent.path));
    const answer = await parts.dates.rewrite(sent.path, came).catch(() => came);
    return life.dead ? new Promise<never>(() => {}) : answer;
  }

  async function transmit(sent: Sent): Promise<RemoteAnswer> {
    const answer = await request(parts.origin(sent.path), sent);
    if (answer.kind === 'answer' && sent.path === '/v1/scans') parts.witness.answered(answer.body);
    return answer;
  }

  async function overtaken(answer: RemoteAnswer): Promise<RemoteAnswer> {
    for (const old of late.splice(0)) await transmit(old);
    return answer;
  }

  async function struck(sent: Sent, fault: NetworkFault | undefined): Promise<RemoteAnswer> {
    switch (fault) {
      case undefined:
        return overtaken(await transmit(sent));
      case 'lost-request':
        return offline;
      case 'lost-response':
        await transmit(sent);
        return offline;
      case 'duplicate':
        return (await Promise.all([transmit(sent), transmit(sent)]))[0];
      case 'reordered':
        late.push(sent);
        return offline;
      case 'late-replay': {
        const answer = await transmit(sent);
        late.push(sent);
        return answer;
      }
      case 'truncated-request':
        return transmit({ ...sent, ...bent(sent.body, (body) => cut(body, dice)) });
      case 'flipped-request':
        return transmit({ ...sent, ...bent(sent.body, (body) => flip(body, dice)) });
      case 'truncated-answer':
        return dice.chance(0.5)
          ? brokenOff(await transmit(sent), dice)
          : bentAnswer(await transmit(sent), (body) => cut(body, dice));
      case 'flipped-answer':
        return bentAnswer(await transmit(sent), (body) => flip(body, dice));
      default:
        return madeUp(fault, dice);
    }
  }

  return {
    origin: parts.origin('/'),
    online: () => network.isOnline,
    get: (path, options) =>
      send({
        path,
        headers: {
          ...(options?.etag && { 'if-none-match': options.etag }),
          ...(options?.after?.etag && {
            range: `bytes=${options.after.bytes}-`,
            'if-range': options.after.etag.replace(/^W\//, ''),
          }),
        },
      }),
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
    const [, from] = /^bytes (\d+)-/.exec(response.headers.get('content-range') ?? '') ?? [];
    return {
      ...{ kind: 'answer', status: response.status, body: bytes },
      ...(etag !== null && { etag }),
      ...(from !== undefined && { from: Number(from) }),
    };
  } catch (error) {
    const isSilent = error instanceof Error && error.name === 'TimeoutError';
    return isSilent ? { ...offline, silent: true } : offline;
  }
}

const status = (code: number, text = ''): RemoteAnswer => ({
  kind: 'answer',
  status: code,
  body: new TextEncoder().encode(text),
});

/** An answer nobody asked the hub for. */
function madeUp(fault: NetworkFault, dice: Dice): RemoteAnswer {
  switch (fault) {
    case 'portal':
      return status(200, '<html><body>Welcome to the free network</body></html>');
    case 'status-413':
      return status(413, '{}');
    case 'status-429':
    case 'status-503':
      return {
        ...status(Number(fault.slice(-3)), '{}'),
        ...(dice.chance(0.5) && { retryAfterS: 1 }),
      };
    case 'status-500':
      return status(dice.pick([500, 502, 504]));
    default:
      return status(dice.pick([400, 401, 403, 404, 410]), '{}');
  }
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
/** The line died in the middle: what came of a good file is kept by the phone. */
function brokenOff(answer: RemoteAnswer, dice: Dice): RemoteAnswer {
  if (answer.kind !== 'answer' || !(answer.status === 200 || answer.status === 206)) return offline;
  const { etag, from = 0 } = answer;
  const body = cut(answer.body, dice);
  if (body.length === 0) return offline;
  const part = { from, body, ...(etag !== undefined && { etag }) };
  return { kind: 'offline', ...(dice.chance(0.3) && { silent: true as const }), part };
}

const bentAnswer = (answer: RemoteAnswer, bend: Bend): RemoteAnswer =>
  answer.kind === 'answer' && answer.body.length > 0
    ? { ...answer, body: bend(answer.body) }
    : answer;
