import { createHash } from 'node:crypto';
import { lstatSync, mkdirSync, readFileSync, realpathSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A socket's address is cut or refused beyond this, in bytes: 104 on macOS, 108 on Linux. */
const longest = 100;
const pointer = 'hub.sock.at';

const uid = (): number => process.getuid?.() ?? -1;

/** By the folder, wherever a link led to it. */
const nameOf = (folder: string): string =>
  createHash('sha256').update(realpathSync(folder)).digest('hex').slice(0, 24);

/**
 * Where the hub that holds this data folder listens for its operator: in the folder; where its path is
 * too long, in a folder of the hub's user alone among the temporary ones, told by a file in the data
 * folder. Undefined where neither can be.
 */
export function placeToListen(folder: string, temporary = tmpdir()): string | undefined {
  if (process.platform === 'win32') return `\\\\.\\pipe\\kakou-${nameOf(folder)}`;
  const here = join(realpathSync(folder), 'hub.sock');
  if (Buffer.byteLength(here) <= longest) return here;
  const own = join(temporary, `kakou-${uid()}`);
  const there = join(own, `${nameOf(folder)}.sock`);
  if (Buffer.byteLength(there) > longest || !isOursAlone(own)) return undefined;
  writeFileSync(join(folder, pointer), there, { mode: 0o600 });
  return there;
}

/** Somebody else may have been there first, and would hear what operators say. */
function isOursAlone(folder: string): boolean {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const stat = lstatSync(folder);
  return stat.isDirectory() && stat.uid === uid() && (stat.mode & 0o077) === 0;
}

/** Where a command finds the hub of this data folder; undefined where no hub of its owner listens. */
export function placeToAsk(folder: string): string | undefined {
  try {
    if (process.platform === 'win32') return `\\\\.\\pipe\\kakou-${nameOf(folder)}`;
    const place = pointed(folder) ?? join(realpathSync(folder), 'hub.sock');
    const stat = lstatSync(place);
    const isTheirs = [uid(), statSync(folder).uid].includes(stat.uid);
    return stat.isSocket() && isTheirs ? place : undefined;
  } catch {
    return undefined;
  }
}

/** What an earlier hub left there points to nothing once the folder has a shorter path. */
function pointed(folder: string): string | undefined {
  if (Buffer.byteLength(join(realpathSync(folder), 'hub.sock')) <= longest) return undefined;
  return readFileSync(join(folder, pointer), 'utf8');
}
