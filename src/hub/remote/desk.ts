import { setTimeout as pause } from 'node:timers/promises';
import type { Sql } from '../../node/database.ts';
import { isLoopback } from '../../node/http/loopback.ts';
import { give } from '../../node/program.ts';
import type { Desk, Reached } from '../commands/command.ts';
import type { Hub } from '../hub.ts';
import type { Options } from '../start/options.ts';
import { hearCommands, type LendDesk } from './hear-commands.ts';
import { placeToListen } from './socket-place.ts';

/** What commands work with, by the clock and the randomness of this process. */
export const deskLender =
  ({ clock, random }: Pick<Hub, 'clock' | 'random'>) =>
  (
    sql: Sql,
    /** Who looks on, where something can come while a command waits. */
    tell?: (line: string) => void,
    signal?: AbortSignal,
    reached?: Reached,
  ): Desk => ({
    ...{ sql, now: clock.wall(), random },
    ...(reached && { reached }),
    ...(tell && {
      watch: {
        clock: clock.wall,
        pause: (ms) => pause(ms, undefined, signal && { signal }),
        tell: (say) => void give({ say, facts: null }, false, { out: tell, err: tell }),
      },
    }),
  });

export const reachedBy = ({
  host,
  trustProxy,
  tls,
  selfSigned,
}: Pick<Options, 'host' | 'trustProxy' | 'tls' | 'selfSigned'>): Reached => ({
  byOthers: !isLoopback(host) || trustProxy,
  byTls: (tls !== undefined || selfSigned === true) && !trustProxy,
});

/** Hears operators' commands where the hub alone holds its data; returns how to stop. */
export async function startHearing(
  { data }: Pick<Options, 'data'>,
  { kind }: Pick<Sql, 'kind'>,
  { lend, warn }: { readonly lend: LendDesk; readonly warn: (said: string) => void },
): Promise<() => Promise<void>> {
  if (kind !== 'pglite') return async () => undefined;
  const hearing = await attempt(async () => {
    const place = placeToListen(data);
    return place === undefined ? undefined : hearCommands(place, lend);
  });
  if (!hearing) warn('no socket for commands: stop the hub to run them');
  return async () => hearing?.close();
}

async function attempt<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch {
    return undefined;
  }
}
