import type { Database, DeviceSchema } from './database.ts';

interface DayKey {
  readonly day: number;
  readonly key: CryptoKey;
}

/** The one key of a day, for all tabs; whatever was there for another day is gone. Cannot be exported. */
export async function dayKey(device: Database<DeviceSchema>, day: number): Promise<CryptoKey> {
  const kept = (await device.use((database) => database.get('facts', 'day-key'))) as
    | DayKey
    | undefined;
  if (kept?.day === day) return kept.key;
  const key = await crypto.subtle.generateKey({ name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  return device.use(async (database) => {
    const writing = database.transaction('facts', 'readwrite');
    const other = (await writing.store.get('day-key')) as DayKey | undefined;
    const isTaken = other?.day === day; // another tab was first
    if (!isTaken) await writing.store.put({ day, key }, 'day-key');
    await writing.done;
    return isTaken ? other.key : key;
  });
}
