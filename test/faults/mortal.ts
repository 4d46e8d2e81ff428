import { Fault } from '../../src/core/fault.ts';
import type { Armed } from './fault-plan.ts';

/** One run of the app on a phone, which can be killed: from then on none of its calls returns. */
export interface Life {
  readonly dead: boolean;
  /** Resolves when it is killed. */
  readonly death: Promise<void>;
  kill(): void;
}

export function createLife(): Life {
  let dead = false;
  let die: () => void = () => {};
  const death = new Promise<void>((resolve) => {
    die = resolve;
  });
  return {
    get dead() {
      return dead;
    },
    death,
    kill() {
      dead = true;
      die();
    },
  };
}

const never = new Promise<never>(() => {});
const isWrite = (name: string): boolean => /^(add|set|put|save|purge|forget)/.test(name);

/**
 * A store whose owner may die before a call took effect or right after it, and whose disk may be full
 * or closed. What was written stays, as on a real disk.
 */
export function mortal<Store extends object>(store: Store, life: Life, armed: Armed): Store {
  return new Proxy(store, {
    get(target, name, receiver) {
      const member: unknown = Reflect.get(target, name, receiver);
      if (typeof member !== 'function' || typeof name !== 'string') return member;
      const call = (...args: unknown[]): Promise<unknown> => member.apply(target, args);
      return (...args: unknown[]) => strike(() => call(...args), isWrite(name), life, armed);
    },
  });
}

async function strike(
  call: () => Promise<unknown>,
  writes: boolean,
  life: Life,
  armed: Armed,
): Promise<unknown> {
  if (life.dead) return never;
  const fault = armed.takeStore(writes);
  if (fault === 'kill-before-write') life.kill();
  if (fault === 'quota') throw new Fault('storage-quota', 'the disk is full');
  if (fault === 'closed') throw new Fault('storage-closed', 'the database was closed');
  if (life.dead) return never;
  const result = await call();
  if (fault === 'kill-after-write') life.kill();
  return life.dead ? never : result;
}
