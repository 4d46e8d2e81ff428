import { execFile } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { openDatabase } from '../../src/hub/store/open.ts';
import type { Sql } from '../../src/node/database.ts';
import { prepareData } from '../support/built-hub.ts';
import { inTime } from '../support/in-time.ts';
import { createHub, type HubProcess, hubCommand } from './hub-child.ts';
import { hasPostgres, mortalPostgres } from './mortal-postgres.ts';

export { hasPostgres };
export type DatabaseKind = 'pglite' | 'postgres';
export type HubFarm = Awaited<ReturnType<typeof startHubs>>;

const patienceMs = 120_000;

/** Real hubs over one database: one on PGlite, two on PostgreSQL. What is done to them comes one by one. */
export async function startHubs(kind: DatabaseKind) {
  const folder = mkdtempSync(join(tmpdir(), 'kakou-faults-'));
  const saved = `${folder}-saved`;
  const postgres = kind === 'postgres' ? await mortalPostgres() : undefined;
  if (!postgres) await prepareData(folder);
  const place = { folder, ...(postgres && { url: postgres.url }) };
  let ahead = 0;
  const hubs: HubProcess[] = await Promise.all(
    Array.from({ length: postgres ? 2 : 1 }, () => createHub(place, () => ahead)),
  );
  await Promise.all(hubs.map((hub) => hub.start()));
  let last: Promise<unknown> = Promise.resolve();
  let sql: Sql | undefined;
  let restores = 0;

  /** In turn; a failure is told to all who come after. */
  function inTurn<T>(what: string, task: () => Promise<T>): Promise<T> {
    const done = last.then(() => inTime(what, patienceMs, task()));
    last = done;
    done.catch(() => undefined);
    return done;
  }

  const stop = () => Promise.all(hubs.map((hub) => hub.stop()));
  const start = () => Promise.all(hubs.map((hub) => hub.start()));

  async function whileStopped(task: () => Promise<unknown>): Promise<void> {
    await stop();
    await task();
    await start();
  }

  const copy = async (from: string, to: string) => {
    await rm(to, { recursive: true, force: true });
    await promisify(execFile)('cp', ['-a', from, to]);
  };

  return {
    replicas: hubs.length,
    origin: (replica: number) => hubs[replica % hubs.length]?.origin ?? '',
    deaths: () => hubs.flatMap((hub) => hub.deaths),
    /** Ends a replica with no time to tidy up and starts it again; resolves when it answers. */
    kill: (replica: number) =>
      inTurn('a killed hub to be back', async () => {
        const hub = hubs[replica % hubs.length];
        await hub?.stop();
        await hub?.start();
      }),
    killPostgres: () =>
      inTurn('a killed PostgreSQL to be back', async () => {
        await postgres?.killServer();
        await start(); // those that ended with it
      }),
    killBackend: () =>
      inTurn('a killed backend to be back', async () => {
        const done = (await postgres?.killBackend()) ?? false;
        await start();
        return done;
      }),
    /** The hub's data, to be put back later. */
    save: () =>
      inTurn('the backup', () =>
        whileStopped(() => (postgres ? postgres.save() : copy(folder, saved))),
      ),
    putBack: () =>
      inTurn('the older backup', () => {
        restores++;
        return whileStopped(() => (postgres ? postgres.putBack() : copy(saved, folder)));
      }),
    /** How often older data were put back. */
    restores: () => restores,
    /** Something done to the database while no hub has it. */
    toDatabase: (task: (sql: Sql) => Promise<void>) =>
      inTurn('a change of the database', () =>
        whileStopped(async () => {
          const opened = await openDatabase({ ...place, onError: () => {} });
          await task(opened).finally(() => opened.close());
        }),
      ),
    /** The hubs live so many milliseconds after everybody else from now on. */
    setAhead: (ms: number) =>
      inTurn('hubs of another day', () =>
        whileStopped(async () => {
          ahead = ms;
        }),
      ),
    /** Something that no kill and no backup may come in between of. */
    leftAlone: (task: () => Promise<void>) => inTurn('something left alone', task),
    /** Ends all, asks the hub's own command about the logs, and opens the database for looking into. */
    async inspect() {
      await last.catch(() => undefined);
      await stop();
      const verifyLog = await hubCommand(place, ahead, ['verify-log', '--demo', '--data', folder]);
      sql = await inTime(
        'opening the database',
        60_000,
        openDatabase({ ...place, onError: () => {} }),
      );
      return { sql, verifyLog };
    },
    async close() {
      await stop();
      await sql?.close();
      postgres?.stop();
      await Promise.all([folder, saved].map((one) => rm(one, { recursive: true, force: true })));
    },
  };
}
