import { resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Sql } from '../../node/database.ts';
import { give } from '../../node/program.ts';
import { type DataPlace, FolderBusy } from '../../node/store/open-or-explain.ts';
import type { Desk } from '../commands/command.ts';
import type { Asked } from '../commands/run.ts';
import { askHub, type Speaking } from './ask-hub.ts';

/** How the command line gets at the data when no hub does it. */
export interface OwnWay {
  readonly databaseUrl?: string;
  readonly open: (place: DataPlace) => Promise<Sql>;
  readonly desk: (sql: Sql) => Desk;
}

const tries = 20;
const betweenMs = 250;

/**
 * Does a command: on a PostgreSQL server itself; on the embedded database by the hub that runs on its
 * folder, and itself only where no hub answers and the folder is free. Its exit code.
 */
export async function operate(
  { job, args, files }: Asked,
  speaking: Speaking,
  { databaseUrl, open, desk }: OwnWay,
): Promise<number> {
  const itself = async () => {
    const sql = await open({ data: job.data, ...(databaseUrl !== undefined && { databaseUrl }) });
    try {
      return give(await job.run({ ...desk(sql), emit: speaking.emit }), job.asJson, speaking);
    } finally {
      await sql.close();
    }
  };
  if (databaseUrl !== undefined) return itself();
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const request = { v: 1, args, files, zone } as const;
  for (let tried = 1; ; tried++) {
    const code = await askHub(resolve(job.data), request, speaking);
    if (code !== undefined) return code;
    try {
      return await itself();
    } catch (error) {
      // held by a hub that is about to listen, or by a command that is about to end
      if (!(error instanceof FolderBusy) || tried >= tries) throw error;
      await pause(betweenMs);
    }
  }
}
