import { createDice } from '../../faults/dice.ts';
import { type MadeGate, nextStatus, nextUpload } from './gates.ts';
import type { Order, Sender, Sent } from './sender.ts';
import type { Stack } from './stack.ts';
import type { Asked, Trace } from './trace.ts';

export interface Replay {
  readonly minute: Trace;
  readonly gates: readonly MadeGate[];
  /** A second of the day passes in this part of one: so many times the requests, of the same gates. */
  readonly scale: number;
  readonly seed: number;
  /** Something has set the moment for all phones alike; else a round may fall anywhere in the minute. */
  readonly isCommon: boolean;
}

const minuteMs = 60_000;

/** A request of one gate, at a millisecond of the replay. */
interface Due {
  readonly atMs: number;
  readonly gate: MadeGate;
  readonly asked: Asked;
}

/**
 * The minute of some real phones as that of many: each gate does what one of them did. Where nothing has set
 * the moment for all, its round begins anywhere in the minute, as rounds of real phones do (`round.test.ts`
 * holds that); else at its phone's own moment, and later by a minute's share of one at most, so that two gates
 * of one phone do not ask in the same instant. A city has one list where the demo has several.
 */
export function schedule({ minute, gates, scale, seed, isCommon }: Replay): Due[] {
  const dice = createDice(seed);
  const byPhone = grouped(onceEach(minute));
  const laterAtMost = isCommon ? Math.floor(minuteMs / minute.phones) : minuteMs;
  const all = gates.flatMap((gate, i) => {
    const laterMs = dice.whole(laterAtMost);
    return (byPhone.get(i % minute.phones) ?? []).map((asked) => {
      const atMs = asked.atMs + laterMs;
      return { atMs: (isCommon ? atMs : atMs % minuteMs) / scale, gate, asked };
    });
  });
  return all.sort((a, b) => a.atMs - b.atMs);
}

function grouped(all: readonly Asked[]): Map<number, Asked[]> {
  const by = new Map<number, Asked[]>();
  for (const one of all) by.set(one.phone, [...(by.get(one.phone) ?? []), one]);
  return by;
}

/** Of every phone the first list and the first delta alone. */
function onceEach({ asked }: Trace): Asked[] {
  const had = new Set<string>();
  return asked.filter(({ phone, kind }) => {
    if (kind !== 'list' && kind !== 'delta') return true;
    const isFirst = !had.has(`${phone} ${kind}`);
    had.add(`${phone} ${kind}`);
    return isFirst;
  });
}

/** Signs all that the gates will send, then lives the minute; what became of each request. */
export async function replay(
  replaying: Replay,
  stack: Stack,
  sender: Sender,
  etag: string,
  /** When everything is signed: the minute begins once this is done. */
  begin: () => Promise<void> = async () => {},
): Promise<{ readonly sent: readonly Sent[]; readonly seconds: number; readonly usedMs: Used }> {
  const due = schedule(replaying);
  const orders: { readonly atMs: number; readonly order: Order }[] = [];
  for (const { atMs, gate, asked } of due) {
    orders.push({ atMs, order: await orderOf(gate, asked, etag, stack) });
  }
  await begin();
  const before = stack.used();
  const startedAt = performance.now();
  const answers: Promise<Sent>[] = [];
  for (let next = 0; next < orders.length; ) {
    const now = performance.now() - startedAt;
    for (; next < orders.length && (orders[next]?.atMs ?? 0) <= now; next++) {
      const one = orders[next];
      if (one) answers.push(sender.send(one.order, startedAt + one.atMs));
    }
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  const sent = await Promise.all(answers);
  const seconds = (performance.now() - startedAt) / 1000;
  return { sent, seconds, usedMs: difference(before, stack.used()) };
}

export interface Used {
  readonly hubs: readonly number[];
  readonly database: number;
  readonly nginx: number;
  readonly load: number;
}

export const difference = (before: Used, after: Used): Used => ({
  hubs: after.hubs.map((ms, i) => ms - (before.hubs[i] ?? 0)),
  database: after.database - before.database,
  nginx: after.nginx - before.nginx,
  load: after.load - before.load,
});

const nonce = () => Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString('base64url');
const conditional = (etag: string) => ({ headers: { 'if-none-match': etag } });

/** The request as the real client makes it, for this city. */
export async function orderOf(
  gate: MadeGate,
  asked: Pick<Asked, 'kind' | 'entries' | 'isConditional'>,
  etag: string,
  { authority }: Pick<Stack, 'authority'>,
): Promise<Order> {
  const { kind, entries } = asked;
  const from = gate.gate;
  switch (kind) {
    case 'root':
      return { kind, from, path: '/v1/root/2' };
    case 'bundle':
      return { kind, from, path: '/v1/bundle', ...(asked.isConditional && conditional(etag)) };
    case 'list':
      return { kind, from, path: authority.list() };
    case 'delta':
      return { kind, from, path: authority.delta };
    case 'time': {
      const headers = { 'content-type': 'application/json' };
      return { kind, from, path: '/v1/time', headers, body: JSON.stringify({ nonce: nonce() }) };
    }
    case 'upload': {
      const headers = { 'content-type': 'application/jose', 'content-encoding': 'gzip' };
      const body = await nextUpload(gate, entries);
      return { kind, from, path: '/v1/scans', headers, body, entries };
    }
    case 'status': {
      const headers = { 'content-type': 'application/jose' };
      return { kind, from, path: '/v1/status', headers, body: await nextStatus(gate) };
    }
  }
}
