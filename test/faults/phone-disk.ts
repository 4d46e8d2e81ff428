import 'fake-indexeddb/auto';
import { openDevice, openLog } from '../../src/scanner/device/database.ts';
import { createDeviceStore } from '../../src/scanner/device/device-store.ts';
import { createLogStore } from '../../src/scanner/device/log-store.ts';
import { createSeenStore } from '../../src/scanner/device/seen-store.ts';
import { createTrustStore } from '../../src/scanner/device/trust-store.ts';

export type PhoneDisk = ReturnType<typeof openDisk>;

/** The app's own stores over the databases of one phone; every call is another tab's connections. */
export function openDisk(name: string) {
  const log = openLog(`${name}-log`);
  const device = openDevice(name);
  return {
    log: createLogStore(log),
    device: createDeviceStore(device),
    trust: createTrustStore(device),
    seen: createSeenStore(device),
    /** Closes the connections under whoever uses them. */
    hangUp: () =>
      Promise.all([
        log.use(async (database) => database.close()),
        device.use(async (database) => database.close()),
      ]),
  };
}
