import { deviceStoreContract } from './contracts/device-store.ts';
import { leaderContract } from './contracts/leader.ts';
import { logStoreContract } from './contracts/log-store.ts';
import { holds } from './contracts/run.ts';
import { seenStoreContract } from './contracts/seen-store.ts';
import { trustStoreContract } from './contracts/trust-store.ts';
import { fakeLeader } from './fakes/fake-leader.ts';
import { memoryDeviceStore } from './fakes/memory-device-store.ts';
import { type MemoryLog, memoryLogStore } from './fakes/memory-log-store.ts';
import { memorySeenStore } from './fakes/memory-seen-store.ts';
import { memoryTrustStore } from './fakes/memory-trust-store.ts';

holds('the memory log', logStoreContract, () => {
  const disk: MemoryLog = { entries: new Map() };
  return { one: memoryLogStore(disk), two: memoryLogStore(disk) };
});
holds('the memory device store', deviceStoreContract, () => memoryDeviceStore());
holds('the memory trust store', trustStoreContract, () => memoryTrustStore());
holds('the memory of sightings', seenStoreContract, () => memorySeenStore());
holds('the fake leader', leaderContract, () => fakeLeader());
