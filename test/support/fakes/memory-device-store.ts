import type { ActiveShift, DeviceStore, Enrolment } from '../../../src/scanner/app/stores.ts';
import { type Breakable, breaker } from './failing.ts';

interface Facts {
  enrolment?: Enrolment | undefined;
  supervisor?: object;
  shift?: ActiveShift | undefined;
  guards?: readonly string[];
  settings?: object;
  gateSettings?: object;
  twice?: object;
  kiosk?: object;
  time?: object;
  dayKey?: { day: number; key: CryptoKey };
  nextKey?: Awaited<ReturnType<DeviceStore['createKey']>> | undefined;
}

export function memoryDeviceStore(facts: Facts = {}): DeviceStore & Breakable {
  const { check, checkWrite, breakWith, breakWritesWith } = breaker();
  async function get<K extends keyof Facts>(key: K): Promise<Facts[K]> {
    check();
    return structuredClone(facts[key]);
  }
  async function set<K extends keyof Facts>(key: K, value: Facts[K]): Promise<void> {
    checkWrite();
    facts[key] = structuredClone(value);
  }
  return {
    breakWith,
    breakWritesWith,
    enrolment: () => get('enrolment'),
    async setEnrolment(enrolment) {
      await set('enrolment', enrolment);
      facts.nextKey = undefined;
    },
    shift: () => get('shift'),
    setShift: (shift) => set('shift', shift),
    guards: () => get('guards'),
    async changeGuards(change) {
      checkWrite();
      facts.guards = structuredClone(change(structuredClone(facts.guards)));
    },
    settings: () => get('settings'),
    setSettings: (settings) => set('settings', settings),
    gateSettings: () => get('gateSettings'),
    async changeGateSettings(change) {
      checkWrite();
      const next = change(structuredClone(facts.gateSettings));
      if (next) facts.gateSettings = structuredClone(next);
    },
    twice: () => get('twice'),
    async changeTwice(change) {
      checkWrite();
      const next = change(structuredClone(facts.twice));
      if (next) facts.twice = structuredClone(next);
    },
    kiosk: () => get('kiosk'),
    async changeKiosk(change) {
      checkWrite();
      const next = change(structuredClone(facts.kiosk));
      if (next) facts.kiosk = structuredClone(next);
    },
    time: () => get('time'),
    async changeTime(change) {
      checkWrite();
      facts.time = structuredClone(change(structuredClone(facts.time)));
    },
    supervisor: () => get('supervisor'),
    async changeSupervisor(change) {
      checkWrite();
      const next = change(structuredClone(facts.supervisor));
      if (next) facts.supervisor = structuredClone(next);
    },
    async dayKey(day) {
      const kept = await get('dayKey');
      if (kept?.day === day) return kept.key;
      const algorithm = { name: 'HMAC', hash: 'SHA-256' };
      const key = (await crypto.subtle.generateKey(algorithm, false, ['sign'])) as CryptoKey;
      await set('dayKey', { day, key });
      return key;
    },
    async createKey() {
      check();
      if (facts.nextKey) return facts.nextKey;
      const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, [
        'sign',
        'verify',
      ]);
      const { x = '', y = '' } = await crypto.subtle.exportKey('jwk', pair.publicKey);
      const publicJwk = { kty: 'EC', crv: 'P-256', x, y } as const;
      facts.nextKey = { privateKey: pair.privateKey, publicJwk };
      return facts.nextKey;
    },
  };
}
