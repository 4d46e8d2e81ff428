import { Fault } from '../../src/core/fault.ts';
import type { Armed } from './armed.ts';
import type { Dice } from './dice.ts';
import type { StoreFault } from './fault-plan.ts';

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

export interface Mortal {
  readonly life: Life;
  readonly armed: Armed;
  readonly dice: Dice;
  /** Closes the database connections under whoever uses them. */
  hangUp(): Promise<unknown>;
}

/**
 * A store whose owner may die before a call took effect or right after it, and whose disk may be full,
 * closed or gone. What was written stays, as on a real disk.
 */
export function mortal<Store extends object>(name: string, store: Store, parts: Mortal): Store {
  return new Proxy(store, {
    get(target, key, receiver) {
      const member: unknown = Reflect.get(target, key, receiver);
      if (typeof member !== 'function' || typeof key !== 'string') return member;
      const call = (...args: unknown[]): Promise<unknown> => member.apply(target, args);
      return async (...args: unknown[]) => {
        if (parts.life.dead) return never;
        return strike(() => call(...args), parts.armed.takeStore(name, key), parts);
      };
    },
  });
}

async function strike(
  call: () => Promise<unknown>,
  fault: StoreFault | undefined,
  { life, dice, hangUp }: Mortal,
): Promise<unknown> {
  if (fault === 'quota') throw new Fault('storage-quota', 'the disk is full');
  if (fault === 'disk-gone') throw new Fault('storage-closed', 'the database does not come back');
  if (fault === 'closed-under-us') await hangUp();
  const kills = fault?.startsWith('kill') ?? false;
  if (kills && dice.chance(0.5)) life.kill();
  if (life.dead) return never;
  const result = await call();
  if (kills) life.kill();
  return life.dead ? never : result;
}
