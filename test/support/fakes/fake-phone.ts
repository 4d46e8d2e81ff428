import type { Phone } from '../../../src/ports/phone.ts';

/** A phone that is well, but for what is said otherwise. */
export const fakePhone = (change: Partial<Phone> = {}): Phone => ({
  installWay: () => 'installed',
  install: async () => {},
  persist: async () => true,
  storage: async () => ({ persisted: true, usedBytes: 1e6, quotaBytes: 1e9 }),
  battery: async () => ({ percent: 80, charging: false }),
  browser: () => 'android',
  hostApp: () => undefined,
  decoder: async () => ({ name: 'wasm', ms: 12 }),
  soundWorks: () => true,
  worksOffline: async () => 'yes',
  keepAwake: () => {},
  awake: () => 'on',
  ...change,
});
