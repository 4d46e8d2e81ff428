import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Fault } from '../core/fault.ts';
import { acceptTrust, noMarks } from '../core/trust/accept.ts';
import { epochSeconds } from '../core/units.ts';
import { demoTrust } from './demo-trust.ts';

/** Writes a demo trust set under `out` the way a static host serves it: protocol 8, without `/v1`. */
export async function publish(options: {
  readonly out: string;
  /** Epoch seconds the set is signed at. */
  readonly now: number;
  readonly print: (line: string) => void;
}): Promise<void> {
  const set = await demoTrust(epochSeconds(options.now));
  const accepted = await acceptTrust(set, noMarks, epochSeconds(options.now));
  if (!accepted.ok) {
    const { file, problem } = accepted.error;
    throw new Fault('config-invalid', `a scanner would refuse the ${file}: ${problem}`);
  }
  const files: [path: string, content: Uint8Array | string][] = [
    ['root/1', set.pinnedRoot],
    ['bundle', set.bundle],
  ];
  for (const [issuer, { list, delta }] of Object.entries(set.lists)) {
    files.push([`lists/${issuer}/${set.day}`, list]);
    if (delta !== undefined) files.push([`deltas/${issuer}`, delta]);
  }
  for (const [path, content] of files) {
    const file = join(options.out, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, content);
    options.print(file);
  }
}
