import { epochMillis } from '../../../src/core/units.ts';
import type { DeviceStore } from '../../../src/scanner/app/stores.ts';
import { type Contract, same } from './contract.ts';

const gate = { id: 'gate-1', name: 'North', venue: 'residential' } as const;
const shift = { id: 'shift-1', operator: '007', startedAt: epochMillis(1) };
const ecdsa = { name: 'ECDSA', hash: 'SHA-256' } as const;

type Tried = { readonly failures: number } | undefined;

export const deviceStoreContract: Contract<DeviceStore> = {
  'a new device knows nothing': async (store) => {
    same(await store.enrolment(), undefined);
    same(await store.shift(), undefined);
    same(await store.settings(), undefined);
    same(await store.time(), undefined);
  },
  'settings and clock state are replaced whole and kept apart': async (store) => {
    await store.setSettings({ language: 'en', quiet: true });
    await store.changeTime(() => ({ offset: 3 }));
    await store.setSettings({ language: 'zh-CN' });
    same(await store.settings(), { language: 'zh-CN' });
    same(await store.time(), { offset: 3 });
  },
  'what the desk has set is changed in one piece, and apart from what the guard chose': async (
    store,
  ) => {
    same(await store.gateSettings(), undefined);
    const count = (kept: unknown) => ({ failures: ((kept as Tried)?.failures ?? 0) + 1 });
    await Promise.all(Array.from({ length: 10 }, () => store.changeGateSettings(count)));
    await store.changeGateSettings(() => undefined);
    same(await store.gateSettings(), { failures: 10 });
    same([await store.settings(), await store.supervisor()], [undefined, undefined]);
  },
  'codes shown twice are changed in one piece, and kept apart': async (store) => {
    same(await store.twice(), undefined);
    const count = (kept: unknown) => ({ failures: ((kept as Tried)?.failures ?? 0) + 1 });
    await Promise.all(Array.from({ length: 10 }, () => store.changeTwice(count)));
    await store.changeTwice(() => undefined);
    same([await store.twice(), await store.gateSettings()], [{ failures: 10 }, undefined]);
  },
  'that nobody stands at it is kept in one piece, and apart from everything else': async (
    store,
  ) => {
    same(await store.kiosk(), undefined);
    const count = (kept: unknown) => ({ failures: ((kept as Tried)?.failures ?? 0) + 1 });
    await Promise.all(Array.from({ length: 10 }, () => store.changeKiosk(count)));
    await store.changeKiosk(() => undefined);
    same(await store.kiosk(), { failures: 10 });
    same([await store.settings(), await store.gateSettings()], [undefined, undefined]);
  },
  'the PIN record is kept apart from everything else': async (store) => {
    same(await store.supervisor(), undefined);
    await store.changeSupervisor(() => ({ failures: 1 }));
    same(await store.supervisor(), { failures: 1 });
    same(await store.settings(), undefined);
  },
  'the PIN record is changed in one piece, however many change it at once': async (store) => {
    const count = (kept: unknown) => ({ failures: ((kept as Tried)?.failures ?? 0) + 1 });
    await Promise.all(Array.from({ length: 10 }, () => store.changeSupervisor(count)));
    same(await store.supervisor(), { failures: 10 });
    await store.changeSupervisor(() => undefined);
    same(await store.supervisor(), { failures: 10 });
  },
  'the clock state is changed in one piece, however many tabs change it at once': async (store) => {
    const count = (kept: unknown) => ({ failures: ((kept as Tried)?.failures ?? 0) + 1 });
    await Promise.all(Array.from({ length: 10 }, () => store.changeTime(count)));
    same(await store.time(), { failures: 10 });
  },
  'the names of guards are changed in one piece, however many tabs change them at once': async (
    store,
  ) => {
    same(await store.guards(), undefined);
    const names = ['7', '8', '9'];
    const add = (name: string) => (kept: unknown) => [...((kept as string[]) ?? []), name];
    await Promise.all(names.map((name) => store.changeGuards(add(name))));
    same(((await store.guards()) as string[]).toSorted(), names);
  },
  'a shift begins and ends': async (store) => {
    await store.setShift(shift);
    same(await store.shift(), shift);
    await store.setShift(undefined);
    same(await store.shift(), undefined);
  },
  'the key for the next enrolment stays the same until there is one': async (store) => {
    const first = await store.createKey();
    same((await store.createKey()).publicJwk, first.publicJwk);
    await store.setEnrolment({ device: 'device-1', gate, enrolledAt: epochMillis(2), ...first });
    const next = await store.createKey();
    same(next.publicJwk.x === first.publicJwk.x, false);
  },
  'the key of a day is the same all day, another the next day, and can never be exported': async (
    store,
  ) => {
    const mark = async (day: number) => {
      const key = await store.dayKey(day);
      const text = new TextEncoder().encode('13800138000');
      const made = new Uint8Array(await crypto.subtle.sign('HMAC', key, text));
      return [...made].join(' ');
    };
    const first = await mark(20_000);
    same(await mark(20_000), first);
    same((await mark(20_001)) === first, false);
    same((await mark(20_000)) === first, false);
    const kept = await store.dayKey(20_000);
    same(await crypto.subtle.exportKey('raw', kept).catch(() => 'refused'), 'refused');
    same([kept.extractable, kept.usages], [false, ['sign']]);
  },
  'the device key signs after being stored and can never be exported': async (store) => {
    const key = await store.createKey();
    const enrolledAt = epochMillis(2);
    await store.setEnrolment({ device: 'device-1', gate, enrolledAt, ...key });
    const kept = await store.enrolment();
    if (!kept) throw new Error('the enrolment is gone');
    same([kept.device, kept.gate, kept.enrolledAt], ['device-1', gate, enrolledAt]);
    const message = new TextEncoder().encode('proof');
    const signature = await crypto.subtle.sign(ecdsa, kept.privateKey, message);
    const algorithm = { name: 'ECDSA', namedCurve: 'P-256' };
    const publicKey = await crypto.subtle.importKey('jwk', kept.publicJwk, algorithm, true, [
      'verify',
    ]);
    same(await crypto.subtle.verify(ecdsa, publicKey, signature, message), true);
    const exported = await crypto.subtle.exportKey('jwk', kept.privateKey).catch(() => 'refused');
    same(exported, 'refused');
    await store.setEnrolment(undefined);
    same(await store.enrolment(), undefined);
  },
};
