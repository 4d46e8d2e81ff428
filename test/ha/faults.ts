import { pause, until } from '../support/in-time.ts';
import type { Cluster } from './cluster.ts';
import type { DatabaseNode } from './node.ts';

/** What a fault is given. */
export interface Struck extends Pick<Cluster, 'nodes' | 'etcd'> {
  readonly primary: DatabaseNode;
  readonly standby: DatabaseNode;
  /** Resolves with the first good receipt for something sent from now on. */
  served(): Promise<void>;
}

/** When a server took over, if one did, in milliseconds of `performance.now`; what must not have happened. */
export interface Told {
  readonly promotedAt?: number;
  readonly wrong?: string;
}

const patienceMs = 90_000;

async function promoted(node: DatabaseNode): Promise<number> {
  await until(`${node.name} to be promoted`, patienceMs, node.takesWrites, 100);
  return performance.now();
}

/** The standby takes over while the old primary is as it is; afterwards that one comes back. */
async function takenOver({ standby, served }: Struck, back: () => void): Promise<Told> {
  const promotedAt = await promoted(standby);
  await served();
  back();
  return { promotedAt };
}

/** Written at the old primary while the other has taken over: whether it said that it was committed. */
async function commits(node: DatabaseNode): Promise<boolean> {
  const writing = node.ask('kakou', 'create table split_brain (n int)');
  return writing.then(
    () => true,
    () => false,
  );
}

export const faults = {
  async 'PostgreSQL killed'({ primary, nodes, served }: Struck) {
    primary.kill('postgres');
    await pause(500);
    const anybody = async () =>
      (await Promise.all(nodes.map((n) => n.takesWrites()))).some(Boolean);
    await until('a primary', patienceMs, anybody, 100);
    const promotedAt = performance.now();
    await served();
    return { promotedAt };
  },

  async 'machine killed'(struck: Struck) {
    struck.primary.kill('machine');
    return takenOver(struck, () => struck.primary.start());
  },

  async 'machine frozen'(struck: Struck) {
    struck.primary.freeze('machine');
    return takenOver(struck, () => struck.primary.thaw());
  },

  async 'cut from the hubs'({ primary, served }: Struck) {
    primary.cut('hubs');
    await pause(15_000);
    primary.mend();
    await served();
    return {};
  },

  async 'cut from everybody'(struck: Struck) {
    const { primary, standby, nodes } = struck;
    primary.cut('hubs', 'peers', 'patroni', 'health', 'etcd');
    standby.cut('peers', 'patroni'); // on which the primary would reach it
    return takenOver(struck, () => {
      for (const node of nodes) node.mend();
    });
  },

  /** Its PostgreSQL goes on, hubs reach it, and nobody tells it that another took over. */
  async 'two primaries'(struck: Struck) {
    const { primary } = struck;
    primary.freeze('patroni');
    const promotedAt = await promoted(struck.standby);
    const isWrong = await commits(primary);
    await struck.served();
    primary.thaw();
    return { promotedAt, ...(isWrong && { wrong: 'the old primary committed' }) };
  },

  async 'standby killed'({ standby, served }: Struck) {
    standby.kill('machine');
    await served();
    await pause(5000);
    standby.start();
    return {};
  },

  async 'standby frozen'({ standby, served }: Struck) {
    standby.freeze('machine');
    await served();
    await pause(5000);
    standby.thaw();
    return {};
  },

  /** What the primary committed alone is on it alone: the other must wait for it. */
  async 'standby behind'({ primary, standby, served }: Struck) {
    standby.kill('machine');
    await served();
    await pause(5000);
    primary.kill('machine');
    standby.start();
    await pause(30_000);
    const isWrong = await standby.takesWrites();
    primary.start();
    const promotedAt = await promoted(primary);
    await served();
    return { promotedAt, ...(isWrong && { wrong: 'one that lacks entries was promoted' }) };
  },

  async 'etcd lost'({ etcd, served }: Struck) {
    etcd.kill();
    await pause(30_000);
    await served();
    etcd.start();
    return {};
  },

  async 'etcd lost and machine killed'(struck: Struck) {
    struck.etcd.kill();
    await pause(10_000);
    struck.primary.kill('machine');
    await pause(10_000);
    struck.etcd.start();
    return takenOver(struck, () => struck.primary.start());
  },
} satisfies Record<string, (struck: Struck) => Promise<Told>>;

export type FaultKind = keyof typeof faults;
export const faultKinds = Object.keys(faults) as FaultKind[];
