import type { MadeGate } from './gates.ts';
import { difference, orderOf } from './replay.ts';
import type { Order, Sender } from './sender.ts';
import type { Stack } from './stack.ts';
import type { Kind } from './trace.ts';

/** Milliseconds of CPU that one request takes of each. */
export interface Cost {
  readonly hub: number;
  readonly database: number;
  readonly nginx: number;
}

const atOnce = 8;
/** Linux counts CPU in hundredths of a second: what takes little is asked often. */
const cheap = 3000;
const dear = 800;
/** So few that each has uploaded before: a first upload costs more, and is one in a day. */
const known = 100;

/** Each kind by itself, through nginx, eight at once. */
export async function costsByKind(
  stack: Stack,
  sender: Sender,
  gates: readonly MadeGate[],
  /** Entries of an upload. */
  entries: number,
  etag: string,
): Promise<Partial<Record<Kind, Cost>>> {
  const found: Partial<Record<Kind, Cost>> = {};
  let turn = 0;
  const asks: readonly (readonly [Kind, number])[] = [
    ['root', cheap],
    ['bundle', cheap],
    ['list', dear],
    ['delta', cheap],
    ['time', cheap],
    ['status', dear],
    ['upload', dear],
  ];
  for (const [kind, times] of asks) {
    const next = () => {
      const gate = gates[turn++ % Math.min(known, gates.length)];
      if (!gate) throw new Error('a city has gates');
      return orderOf(gate, { kind, entries, isConditional: true }, etag, stack);
    };
    await inEights(sender, await made(200, next)); // warm
    const orders = await made(times, next);
    const before = stack.used();
    await inEights(sender, orders);
    const { hubs, database, nginx } = difference(before, stack.used());
    const each = (ms: number) => Math.round((ms / times) * 1000) / 1000;
    found[kind] = {
      hub: each(hubs.reduce((sum, ms) => sum + ms, 0)),
      database: each(database),
      nginx: each(nginx),
    };
  }
  return found;
}

async function made(times: number, next: () => Promise<Order>): Promise<Order[]> {
  const orders: Order[] = [];
  for (let i = 0; i < times; i++) orders.push(await next());
  return orders;
}

async function inEights(sender: Sender, orders: readonly Order[]): Promise<void> {
  const waiting = [...orders];
  const worker = async () => {
    for (let order = waiting.shift(); order; order = waiting.shift()) {
      const { wrong } = await sender.send(order, performance.now());
      if (wrong !== undefined) throw new Error(wrong);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}
