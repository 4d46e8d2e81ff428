import { type ChildProcess, spawn } from 'node:child_process';
import { builtHub, shortLived } from './built-hub.ts';

/** The hub in a process of its own. */
export interface HubProgram {
  readonly child: ChildProcess;
  readonly said: () => string;
  readonly ended: Promise<number | null>;
}

const main = await builtHub();

export function startProgram(
  args: readonly string[],
  databaseUrl = '',
  flags: readonly string[] = shortLived,
): HubProgram {
  const command = [...flags, main, ...args];
  const env = { ...process.env, DATABASE_URL: databaseUrl };
  const child = spawn(process.execPath, command, { env, stdio: ['ignore', 'ignore', 'pipe'] });
  let text = '';
  child.stderr?.on('data', (chunk) => {
    text += chunk;
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  return { child, said: () => text, ended };
}

/** The port the hub says it listens on. */
export async function listening(run: HubProgram): Promise<number> {
  for (;;) {
    const port = /localhost:(\d+)/.exec(run.said())?.[1];
    if (port) return Number(port);
    if (run.child.exitCode !== null) throw new Error(run.said());
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
