import { spawn } from 'node:child_process';

export interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs a command of `src/` as a person would: own process, its exit code, both streams. */
export function run(command: string, args: readonly string[], input = ''): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--import', 'tsx', `src/${command}.ts`, ...args]);
    let [out, err] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      err += text;
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, out, err }));
    child.stdin.end(input);
  });
}

export const issue = (...args: string[]): Promise<Ran> => run('cli/issue', args);
export const verify = (...args: string[]): Promise<Ran> => run('cli/verify', args);

/** A demo pass as text. */
export async function pass(...args: string[]): Promise<string> {
  const { code, out, err } = await issue('--text', ...args);
  if (code !== 0) throw new Error(err);
  return out.trimEnd();
}
