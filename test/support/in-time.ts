/** Something did not end in its time: says what was waited for. */
export class Stuck extends Error {}

/** The same promise, or `Stuck` when it takes longer than `ms`. What it stands for is not ended. */
export async function inTime<T>(what: string, ms: number, work: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Stuck(`${what}: no end after ${ms / 1000} s`)), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

export const pause = (ms: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, ms));

/** Tries again every `everyMs` until `done` says so, or `Stuck` after `ms`. */
export async function until(
  what: string,
  ms: number,
  done: () => Promise<boolean>,
  everyMs = 50,
): Promise<void> {
  const end = performance.now() + ms;
  while (!(await inTime(what, ms, done()))) {
    if (performance.now() > end) throw new Stuck(`${what}: not after ${ms / 1000} s`);
    await pause(everyMs);
  }
}
