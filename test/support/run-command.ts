import type { Desk, Job } from '../../src/hub/commands/command.ts';
import { commands } from '../../src/hub/commands/commands.ts';
import type { Answer } from '../../src/node/program.ts';
import type { TestHub } from './test-hub.ts';

const random = (length: number) => crypto.getRandomValues(new Uint8Array(length));

/** What a command of the operator prints, on a test hub and by its clock. */
export async function runCommand(
  hub: TestHub,
  name: string,
  args: readonly string[],
): Promise<string> {
  return (await answerOf(hub, name, args)).say.join('\n');
}

/** What a command works with; a second passes at each pause. */
export const deskOf = (
  { sql, clock }: Pick<TestHub, 'sql' | 'clock'>,
  told: string[] = [],
): Desk => ({
  ...{ sql, random, now: clock.wall() },
  watch: {
    clock: () => clock.wall(),
    pause: async (ms) => clock.tick(ms),
    tell: (lines) => void told.push(...lines),
  },
});

/** The same with its facts and exit code. */
export async function answerOf(
  { sql, clock }: TestHub,
  name: string,
  args: readonly string[],
): Promise<Answer> {
  const job = commands.get(name)?.read(args);
  if (!job) throw new Error('no such command');
  return job.run(deskOf({ sql, clock }));
}

/** What a job prints for people. */
export const printed = async (job: Job, desk: Desk): Promise<string> =>
  (await job.run(desk)).say.join('\n');
