import { codeOf } from '../database.ts';

/** Where it broke. Not the message: a database puts the values of a row into it. */
export function describeError(error: Error): object {
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return {
    name: error.name,
    code: codeOf(error),
    at: frames.slice(0, 5).map((line) => line.trim()),
  };
}
