import { deviceStoreContract } from '../support/contracts/device-store.ts';
import { leaderContract } from '../support/contracts/leader.ts';
import { logStoreContract } from '../support/contracts/log-store.ts';
import { holds } from '../support/contracts/run.ts';
import { seenStoreContract } from '../support/contracts/seen-store.ts';
import { trustStoreContract } from '../support/contracts/trust-store.ts';
import { fakeLeader } from '../support/fakes/fake-leader.ts';
import { memoryDeviceStore } from '../support/fakes/memory-device-store.ts';
import { type MemoryLog, memoryLogStore } from '../support/fakes/memory-log-store.ts';
import { memorySeenStore } from '../support/fakes/memory-seen-store.ts';
import { memoryTrustStore } from '../support/fakes/memory-trust-store.ts';

holds('the memory log', logStoreContract, () => {
  const disk: MemoryLog = { entries: new Map() };
  return { one: memoryLogStore(disk), two: memoryLogStore(disk) };
});
holds('the memory device store', deviceStoreContract, () => memoryDeviceStore());
holds('the memory trust store', trustStoreContract, () => memoryTrustStore());
holds('the memory of sightings', seenStoreContract, () => memorySeenStore());
holds('the fake leader', leaderContract, () => fakeLeader());
