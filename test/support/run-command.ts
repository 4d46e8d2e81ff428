import { commands } from '../../src/hub/commands/commands.ts';
import type { TestHub } from './test-hub.ts';

const random = (length: number) => crypto.getRandomValues(new Uint8Array(length));

/** What a command of the operator prints, on a test hub and by its clock. */
export async function runCommand(
  { sql, clock }: TestHub,
  name: string,
  args: readonly string[],
): Promise<string> {
  const job = commands.get(name)?.read(args);
  if (!job) throw new Error('no such command');
  return job.run({ sql, now: clock.wall(), random });
}
