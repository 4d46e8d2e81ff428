import { type ChildProcess, spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Logger } from 'pino';
import { CommandError } from '../../node/command-error.ts';
import type { IssuingPort } from '../issuing/forward.ts';
import type { Options } from './options.ts';

/** The demo's issuing side: a process of its own, which the hub starts, watches and ends. */
export interface IssuingSide extends IssuingPort {
  /** Whose desk it is. */
  readonly issuer: string;
  /** Where it publishes the trust files. */
  readonly trust: string;
  stop(): Promise<void>;
}

const firstPauseMs = 500;
const longestPauseMs = 30_000;
/** Who has run so long did not fail at the start. */
const settledMs = 60_000;
const graceMs = 12_000;

/**
 * A process of its own, so that the hub keeps no name, only hands on what passes through it, and the one may
 * fall without the other. It ends with us, however we end: the channel between us closes. One that ends by itself is
 * started again, after a pause that grows.
 */
export async function startIssuingSide(
  { data, clockIsRight }: Pick<Options, 'data' | 'clockIsRight'>,
  log: Pick<Logger, 'info' | 'warn'>,
): Promise<IssuingSide> {
  const own = join(data, 'authority');
  let port: number | undefined;
  let child: ChildProcess | undefined;
  let timer: NodeJS.Timeout | undefined;
  let pauseMs = firstPauseMs;
  let isStopping = false;

  /** True once it listens, false when it ended before. */
  function begin(): Promise<boolean> {
    return new Promise((resolve) => {
      const started = spawnDemo(own, clockIsRight);
      child = started;
      const settled = setTimeout(() => {
        pauseMs = firstPauseMs;
      }, settledMs);
      settled.unref();
      started.on('message', (message) => {
        port = portOf(message);
        if (port !== undefined) resolve(true);
      });
      started.once('error', () => undefined); // 'close' follows
      started.once('close', (code, signal) => {
        clearTimeout(settled);
        port = undefined;
        child = undefined;
        resolve(false);
        if (!isStopping && isUp) again(code, signal);
      });
    });
  }

  function again(code: number | null, signal: string | null): void {
    log.warn({ code, signal, again: pauseMs }, 'the issuing side ended and is started again');
    timer = setTimeout(() => void begin(), pauseMs);
    pauseMs = Math.min(pauseMs * 2, longestPauseMs);
  }

  let isUp = false;
  isUp = await begin();
  if (!isUp) throw new CommandError('the issuing side did not start: see above');
  return {
    port: () => port,
    issuer: 'CN-TJ',
    trust: join(own, 'trust'),
    async stop() {
      isStopping = true;
      clearTimeout(timer);
      const last = child;
      if (!last) return;
      const ended = new Promise((resolve) => last.once('close', resolve));
      last.kill('SIGTERM');
      const late = setTimeout(() => last.kill('SIGKILL'), graceMs);
      await ended;
      clearTimeout(late);
    },
  };
}

function spawnDemo(data: string, clockIsRight: boolean): ChildProcess {
  const main = fileURLToPath(new URL('../../authority/main.ts', import.meta.url));
  const tsx = createRequire(main).resolve('tsx');
  const args = ['--demo', '--trust-proxy', '--port', '0', '--data', data];
  // a database server and secrets that are told to the hub are not the demo's issuing side's
  const { DATABASE_URL: _, KAKOU_SECRETS: __, ...env } = process.env;
  return spawn(
    process.execPath,
    [
      '--import',
      pathToFileURL(tsx).href,
      main,
      ...args,
      ...(clockIsRight ? ['--clock-is-right'] : []),
    ],
    { env, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] },
  );
}

function portOf(message: unknown): number | undefined {
  const port = (message as { readonly listening?: unknown } | null)?.listening;
  return typeof port === 'number' ? port : undefined;
}
