import { type Database, type DeviceSchema, openLog } from './database.ts';
import { createLogStore } from './log-store.ts';
import { createSeenStore } from './seen-store.ts';
import { createTrustStore } from './trust-store.ts';

/** The stores the camera can do without: loaded with the engine that judges. */
export function createEngineStores(kept: Database<DeviceSchema>) {
  return {
    log: createLogStore(openLog()),
    trust: createTrustStore(kept),
    seen: createSeenStore(kept),
  };
}
