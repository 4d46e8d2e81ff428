import pino from 'pino';
import type { Hub } from '../hub.ts';

/** Characters of lines that are written at one go, and milliseconds until fewer are. */
const together = 4096;
const latestMs = 500;

export interface LogNeeds {
  readonly level: 'info' | 'warn';
  /** Where lines go, whole and with their ends; default standard output. */
  readonly write?: (lines: string) => void;
}

/**
 * Lines of JSON. Those about nothing wrong are written several at a time and half a second late at most,
 * for a write of each costs as much as a signature; a warning or an error, and the end of the process, bring
 * along all that wait. What a process killed outright had waiting is lost.
 */
export function gatheredLog({ level, write }: LogNeeds): Hub['log'] {
  const out = write ?? writerOf(pino.destination({ dest: 1, sync: true }));
  let waiting = '';
  let timer: NodeJS.Timeout | undefined;
  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    const lines = waiting;
    waiting = '';
    if (lines !== '') out(lines);
  };
  const gather = (line: string) => {
    waiting += line;
    if (waiting.length >= together) flush();
    else timer ??= setTimeout(flush, latestMs).unref();
  };
  const log = pino({ base: null, level }, { write: gather });
  process.on('exit', flush);
  const atOnce =
    (how: 'warn' | 'error') =>
    (...said: Parameters<Hub['log']['info']>): void => {
      log[how](...said);
      flush();
    };
  return { info: log.info.bind(log), warn: atOnce('warn'), error: atOnce('error') };
}

const writerOf =
  (stream: { write(lines: string): boolean }) =>
  (lines: string): void =>
    void stream.write(lines);
