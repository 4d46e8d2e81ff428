import { Fault } from '../../core/fault.ts';
import type { ActiveShift, DeviceStore, Enrolment } from '../app/stores.ts';
import { type Database, type DeviceSchema, inTransaction } from './database.ts';

/** Small facts in IndexedDB, strictly durable: losing the key would lose the device's identity. */
export function createDeviceStore(device: Database<DeviceSchema>): DeviceStore {
  const get = (key: string) => device.use((database) => database.get('facts', key));
  const set = (key: string, value: unknown) =>
    device.use(async (database) => {
      const writing = database.transaction('facts', 'readwrite', { durability: 'strict' });
      await inTransaction(writing, ({ store }) => store.put(value, key));
    });
  const change = (key: string, update: (kept: unknown) => object | undefined) =>
    device.use(async (database) => {
      const changing = database.transaction('facts', 'readwrite', { durability: 'strict' });
      await inTransaction(changing, async ({ store }) => {
        const next = update(await store.get(key));
        if (next) await store.put(next, key);
      });
    });
  return {
    enrolment: () => get('enrolment') as Promise<Enrolment | undefined>,
    setEnrolment: (enrolment) =>
      device.use(async (database) => {
        const writing = database.transaction('facts', 'readwrite', { durability: 'strict' });
        const { store, done } = writing;
        await Promise.all([store.put(enrolment, 'enrolment'), store.delete('next-key'), done]);
      }),
    shift: () => get('shift') as Promise<ActiveShift | undefined>,
    setShift: (shift) => set('shift', shift),
    guards: () => get('guards'),
    changeGuards: (update) => change('guards', update),
    settings: () => get('settings'),
    setSettings: (settings) => set('settings', settings),
    gateSettings: () => get('gate-settings'),
    changeGateSettings: (update) => change('gate-settings', update),
    twice: () => get('twice'),
    changeTwice: (update) => change('twice', update),
    kiosk: () => get('kiosk'),
    changeKiosk: (update) => change('kiosk', update),
    time: () => get('time'),
    changeTime: (update) => change('time', update),
    supervisor: () => get('supervisor'),
    changeSupervisor: (update) => change('supervisor', update),
    async createKey() {
      const kept = (await get('next-key')) as DeviceKey | undefined;
      const key = kept ?? (await makeKey());
      if (!kept) await set('next-key', key);
      return key;
    },
    dayKey: async (day) => (await import('./day-key.ts')).dayKey(device, day),
  };
}

type DeviceKey = Awaited<ReturnType<DeviceStore['createKey']>>;

async function makeKey(): Promise<DeviceKey> {
  try {
    const algorithm = { name: 'ECDSA', namedCurve: 'P-256' };
    const pair = await crypto.subtle.generateKey(algorithm, false, ['sign', 'verify']);
    const { x, y } = await crypto.subtle.exportKey('jwk', pair.publicKey);
    if (x === undefined || y === undefined) throw new TypeError('a public key without a point');
    return { privateKey: pair.privateKey, publicJwk: { kty: 'EC', crv: 'P-256', x, y } };
  } catch (thrown) {
    throw new Fault('key-unavailable', 'no signing key could be made', { cause: thrown });
  }
}
