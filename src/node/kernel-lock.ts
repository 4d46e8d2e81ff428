import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { closeSync, constants, fstatSync, openSync, statSync } from 'node:fs';

/** Neither the platform nor a program on it can hold a file. */
export class NoLockHere extends Error {}

/**
 * Holds `file` for this process alone until it lets go or ends, however it ends: the lock is the
 * kernel's, on the open file, so that nothing left on the disk can refuse a start and equal process
 * ids in two containers cannot share it. Returns how to let go; undefined when somebody else holds
 * it. The file is made, never removed: who removes it meanwhile lets a second one in.
 *
 * Node has no flock(2). macOS and the BSDs lock while opening (O_EXLOCK), Windows opens without
 * sharing. On Linux a lock belongs to the open file, not to the process, so `flock` or `perl` takes
 * it on our descriptor, ends, and leaves it with us. It binds whoever shares the kernel or an NFS
 * server with locks; not two machines on a file system without them.
 */
export function holdFile(file: string): (() => void) | undefined {
  for (;;) {
    const handle = open(file);
    if (handle === undefined) return undefined;
    if (locksByOpening === undefined && !lock(handle)) {
      closeSync(handle);
      return undefined;
    }
    if (isStillThere(file, handle)) return () => closeSync(handle);
    closeSync(handle);
  }
}

/** Flags of open(2) that lock, which `fs.constants` leaves out; Linux has none. */
const locksByOpening = new Map<NodeJS.Platform, number>([
  ['darwin', 0x20 | constants.O_NONBLOCK],
  ['freebsd', 0x20 | constants.O_NONBLOCK],
  ['openbsd', 0x20 | constants.O_NONBLOCK],
  ['win32', 0x1000_0000],
]).get(process.platform);

function open(file: string): number | undefined {
  try {
    return openSync(file, constants.O_RDWR | constants.O_CREAT | (locksByOpening ?? 0), 0o600);
  } catch (error) {
    if (locksByOpening === undefined || !isHeld(error)) throw error;
    return undefined;
  }
}

const isHeld = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && /^(EAGAIN|EWOULDBLOCK|EBUSY)$/.test(`${error.code}`);

/** Each ends with 0 when it has locked descriptor 3, and with 1 when somebody else has. */
const lockers: readonly (readonly [string, ...string[]])[] = [
  ['flock', '-x', '-n', '3'],
  [
    'perl',
    '-MErrno',
    '-e',
    'open(my $f, "+<&=", 3) or exit 2; exit 0 if flock($f, 6); exit($!{EWOULDBLOCK} ? 1 : 2)',
  ],
];

function lock(handle: number): boolean {
  for (const [program, ...args] of lockers) {
    const { status }: SpawnSyncReturns<Buffer> = spawnSync(program, args, {
      stdio: ['ignore', 'ignore', 'ignore', handle],
      timeout: 10_000,
    });
    if (status === 0) return true;
    if (status === 1) return false;
  }
  throw new NoLockHere('neither flock (util-linux or BusyBox) nor perl can lock a file here');
}

/** Not removed or replaced between our opening and our locking it. */
function isStillThere(file: string, handle: number): boolean {
  const ours = fstatSync(handle);
  const there = statSync(file, { throwIfNoEntry: false });
  return there?.ino === ours.ino && there.dev === ours.dev;
}
