import { type BatchProblem, senderOf } from '../core/log/batch.ts';
import { tokenBuckets } from '../node/http/token-buckets.ts';
import { defaultRates } from './http/rate-limit.ts';
import type { Hub } from './hub.ts';
import { type Device, findDevice } from './store/devices.ts';

/** Whose word an upload says it is. */
export interface Sender {
  readonly id: string;
  readonly device: Device;
  /** As it stood when it was last looked up: whoever relies on more than its key asks whether it still does. */
  readonly isRemembered: boolean;
}

/** One upload on its way in. */
export interface Visit {
  /** Looks at the first characters: may the rest come in, be unpacked and parsed? */
  readonly judge: (beginning: string) => Promise<BatchProblem | 'too-many' | number | undefined>;
  /** The device it says it is from, once `judge` has found it. */
  sender(): Sender | undefined;
  succeeded(): void;
  /** How that device stands now; undefined: there is none any more. */
  remember(device: Device | undefined): void;
  /** Its signature was not good. */
  failed(): void;
  /** Seconds until its address is heard again. */
  waitS(): number;
}

const maxKnown = 100_000;
/** A kilobyte each. Of more phones than these the longest unheard are looked up again. */
const maxRemembered = 20_000;
/** Some 50 entries, unpacked. */
const tightBytes = 64 * 1024;

/**
 * Who may bring a batch: only a device that is enrolled, looked up by the id its header names before
 * the body is read to its end. An address from which too many came in nobody's name is not looked up
 * for any longer. Devices that have shown their key since this process started may stand behind the
 * same address: they are counted apart, and in whose name too many were forged may still send small
 * batches, for a phone told 413 halves them, and a forger's cost little.
 */
export function createDoor({ sql, rates, clock, metrics }: Hub): (address?: string) => Visit {
  const rate = rates?.unauthorised ?? defaultRates.unauthorised;
  const bucket = tokenBuckets(rate, clock.monotonic);
  const known = new Set<string>();
  /** Those that count: a key is never replaced, and of all else intake asks whether it still is so. */
  const remembered = new Map<string, Device>();

  return (address) => {
    let sender: ReturnType<Visit['sender']>;
    let waitS = 0;
    /** A device that has shown its key is counted apart from whoever else is at its address. */
    const key = (id = sender?.id) =>
      id !== undefined && known.has(id) ? `${address} ${id}` : address;
    const fail = () => {
      const whose = key();
      if (whose !== undefined) bucket(whose);
    };
    const remember = (device: Device | undefined) => {
      if (!sender) return;
      remembered.delete(sender.id);
      if (device && device.revokedAt === undefined) remembered.set(sender.id, device);
      if (remembered.size > maxRemembered) remembered.delete(remembered.keys().next().value ?? '');
    };
    return {
      remember,
      async judge(beginning) {
        const named = senderOf(beginning);
        if (!named.ok) {
          if (named.error === 'unknown-device') fail();
          return named.error;
        }
        const id = named.value;
        const whose = key(id);
        waitS = whose === undefined ? 0 : bucket(whose, 0);
        const isTight = waitS > 0;
        if (isTight && !known.has(id)) {
          metrics.count('kakou_limited_total', { what: 'unauthorised' });
          return 'too-many';
        }
        const before = remembered.get(id);
        const device = before ?? (await findDevice(sql, id));
        if (device) sender = { id, device, isRemembered: before !== undefined };
        else fail();
        if (!device) return 'unknown-device';
        return isTight ? tightBytes : undefined;
      },
      sender: () => sender,
      succeeded() {
        if (!sender) return;
        const { id, device } = sender;
        if (!known.has(id) && known.size >= maxKnown) known.clear();
        known.add(id);
        remember(device);
      },
      failed: fail,
      waitS: () => waitS,
    };
  };
}
