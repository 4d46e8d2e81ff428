import { spawn } from 'node:child_process';
import { runIssue } from '../../src/cli/run-issue.ts';
import { runVerify } from '../../src/cli/run-verify.ts';
import type { Io } from '../../src/node/program.ts';

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

/** A program asked in this process, as `main` asks it: of the same output, and a second sooner. */
export async function ask(
  program: (args: readonly string[], io: Io) => Promise<number>,
  args: readonly string[],
): Promise<Ran> {
  let [out, err] = ['', ''];
  const code = await program(args, {
    out: (line) => {
      out += `${line}\n`;
    },
    err: (line) => {
      err += `${line}\n`;
    },
  });
  return { code, out, err };
}

export const issue = (...args: string[]): Promise<Ran> => ask(runIssue, args);
/** Lines from standard input are for a process of its own: `run`. */
export const verify = (...args: string[]): Promise<Ran> => ask(runVerify, args);

/** A demo pass as text. */
export async function pass(...args: string[]): Promise<string> {
  const { code, out, err } = await issue('--text', ...args);
  if (code !== 0) throw new Error(err);
  return out.trimEnd();
}
