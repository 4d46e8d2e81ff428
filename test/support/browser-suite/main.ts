/** A page with nothing but the device: what only a real browser can show is checked in here. */

import { createLeader } from '../../../src/browser/leader.ts';
import { epochMillis } from '../../../src/core/units.ts';
import { verdict } from '../../../src/core/verify/verdict.ts';
import type { CameraStatus } from '../../../src/ports/code-reader.ts';
import { createLogWriter } from '../../../src/scanner/app/sync/log-writer.ts';
import { openDevice, openLog } from '../../../src/scanner/device/database.ts';
import { createDevice } from '../../../src/scanner/device/device.ts';
import { createDeviceStore } from '../../../src/scanner/device/device-store.ts';
import { createLogStore } from '../../../src/scanner/device/log-store.ts';
import { createSeenStore } from '../../../src/scanner/device/seen-store.ts';
import { createTrustStore } from '../../../src/scanner/device/trust-store.ts';
import type { Contract } from '../contracts/contract.ts';
import { deviceStoreContract } from '../contracts/device-store.ts';
import { leaderContract } from '../contracts/leader.ts';
import { logStoreContract } from '../contracts/log-store.ts';
import { seenStoreContract } from '../contracts/seen-store.ts';
import { trustStoreContract } from '../contracts/trust-store.ts';

declare const __SUITE_VERSION__: string;
document.documentElement.dataset['version'] = __SUITE_VERSION__;

const fresh = () => `database-${crypto.randomUUID()}`;

const twoTabs = () => {
  const name = fresh();
  return { one: createLogStore(openLog(name)), two: createLogStore(openLog(name)) };
};

/** A log and a memory of presentations of its own and a writer on it, as one tab has them. */
const storage = {
  log: (name: string) => createLogStore(openLog(name)),
  /** Claims keys that nobody holds, all at once; those this tab was the first to claim. */
  async claim(name: string, keys: readonly string[]): Promise<string[]> {
    const store = createSeenStore(openDevice(name));
    const sighting = { gate: 'g', at: epochMillis(1), verdict: verdict('pass', 'admitted') };
    const claims = keys.map((key) =>
      store.claim([key], (found) => ({
        result: !found.has(key),
        put: found.has(key) ? [] : [[key, sighting] as const],
      })),
    );
    const isOurs = await Promise.all(claims);
    return keys.filter((_, i) => isOurs[i]);
  },
  writer: (name: string) =>
    createLogWriter(storage.log(name), () => ({ device: 'd', gate: 'g', shift: 's', app: '1' })),
};

/** Contract name → promise → runs it on a fresh adapter; rejects when it is broken. */
const suites = {
  'log store': suite(logStoreContract, twoTabs),
  'device store': suite(deviceStoreContract, () => createDeviceStore(openDevice(fresh()))),
  'trust store': suite(trustStoreContract, () => createTrustStore(openDevice(fresh()))),
  'seen store': suite(seenStoreContract, () => createSeenStore(openDevice(fresh()))),
  leader: suite(leaderContract, () => createLeader(navigator.locks)),
};

function suite<Subject>(contract: Contract<Subject>, make: () => Subject) {
  return (promise: string) => contract[promise]?.(make()) ?? Promise.reject(new Error('unknown'));
}

const device = createDevice();
const texts: { text: string; at: number }[] = [];
const statuses: CameraStatus[] = [];
const seen = { texts, statuses, wedge: [] as string[], clicks: 0, updates: 0 };

const scanner = device.scanner((text) => void seen.wedge.push(text));
device.onUpdateReady(() => void seen.updates++);
document.querySelector('#button')?.addEventListener('click', () => void seen.clicks++);
const viewfinder = document.querySelector<HTMLElement>('#viewfinder');
if (viewfinder) device.mountCamera(viewfinder);

const startCamera = () =>
  device.reader.start({
    text: (text) => void texts.push({ text, at: performance.now() }),
    status: (status) => void statuses.push(status),
  });

const kakou = { suites, storage, device, scanner, seen, startCamera };
export type Suites = typeof suites;
declare global {
  interface Window {
    kakou: typeof kakou;
  }
}
window.kakou = kakou;
