import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { builtHub, shortLived } from '../support/built-hub.ts';
import { freePort } from '../support/free-port.ts';
import { inTime, until } from '../support/in-time.ts';

export interface HubPlace {
  readonly folder: string;
  readonly url?: string;
}
export type HubProcess = Awaited<ReturnType<typeof createHub>>;

const main = [...shortLived, '--import', './test/faults/other-time.mjs', await builtHub()];

/** A real hub in a process of its own, which lives `ahead()` milliseconds after everybody else. */
export async function createHub(place: HubPlace, ahead: () => number) {
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  let child: ChildProcess | undefined;
  let wasUp = false;
  const deaths: string[] = [];

  const isUp = () =>
    fetch(`${origin}/healthz`, { signal: AbortSignal.timeout(3000) }).then(
      (answer) => answer.ok,
      () => false,
    );

  function run(): ChildProcess {
    const args = [...main, '--demo', '--no-app', '--port', String(port), '--data', place.folder];
    const env = envOf(place, ahead());
    const started = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe'], env });
    let said = '';
    started.stderr?.on('data', (data) => {
      said = `${said}${data}`.slice(-2000);
    });
    wasUp = false;
    started.once('close', () => {
      if (child !== started) return; // ended by us
      if (wasUp) deaths.push(said);
      child = undefined;
    });
    return started;
  }

  return {
    origin,
    /** What it said each time it ended by itself, having worked before. */
    deaths,
    async start() {
      await until(
        'a hub to start',
        60_000,
        async () => {
          if (child && (await isUp())) {
            wasUp = true;
            return true;
          }
          child ??= run();
          return false;
        },
        100,
      );
    },
    /** Ends it with no time to tidy up. */
    async stop() {
      const running = child;
      if (!running) return;
      child = undefined;
      const gone = new Promise((resolve) => running.once('exit', resolve));
      running.kill('SIGKILL');
      await inTime('a killed hub to end', 20_000, gone);
    },
  };
}

/** One of the hub's own commands on the data of a hub: what it prints, and whether it ended well. */
export function hubCommand(
  place: HubPlace,
  ahead: number,
  args: readonly string[],
): Promise<{ ok: boolean; said: string }> {
  const options = { env: envOf(place, ahead), timeout: 120_000, maxBuffer: 1 << 26 };
  return new Promise((resolve) => {
    execFile(process.execPath, [...main, ...args], options, (error, stdout, stderr) =>
      resolve({ ok: !error, said: stdout + stderr }),
    );
  });
}

function envOf({ url }: HubPlace, ahead: number): NodeJS.ProcessEnv {
  const { DATABASE_URL: _, ...env } = process.env;
  return { ...env, KAKOU_FAULTS_AHEAD: String(ahead), ...(url && { DATABASE_URL: url }) };
}
