/**
 * Timers of a simulated week: nothing waits in real time. A step of five minutes fires a timer of five
 * seconds once, as a page does that was busy, so that a night costs little.
 */
export function weekTimers(now: () => number) {
  const real = { setTimeout, clearTimeout };
  const waiting = new Map<number, { readonly at: number; readonly call: () => void }>();
  let ids = 0;
  const set = (call: () => void, ms = 0): number => {
    waiting.set(++ids, { at: now() + ms, call });
    return ids;
  };
  const clear = (id?: number): void => void (id !== undefined && waiting.delete(id));
  Object.assign(globalThis, { setTimeout: set, clearTimeout: clear });
  return {
    runDue(): void {
      const due = [...waiting].filter(([, { at }]) => at <= now());
      for (const [id, { call }] of due.sort(([, a], [, b]) => a.at - b.at)) {
        if (waiting.delete(id)) call();
      }
    },
    /** Real time, for what no timer and no cryptography tells of: lists being unpacked. */
    breathe: () => new Promise<void>((done) => void real.setTimeout(done, 5)),
    close: () => void Object.assign(globalThis, real),
  };
}

const asked = ['sign', 'verify', 'digest', 'importKey', 'deriveBits', 'generateKey'] as const;

/** Waits until the app has nothing more to do: no cryptography under way, and nothing follows from it. */
export function watchWork() {
  const subtle = crypto.subtle as unknown as Record<
    string,
    (...args: unknown[]) => Promise<unknown>
  >;
  let working = 0;
  for (const name of asked) {
    const call = subtle[name]?.bind(crypto.subtle);
    if (!call) continue;
    const counted = (...args: unknown[]) => {
      working++;
      return call(...args).finally(() => {
        working--;
      });
    };
    Object.defineProperty(crypto.subtle, name, { value: counted, configurable: true });
  }
  return {
    async settle(): Promise<void> {
      for (let quiet = 0; quiet < 3; ) {
        await new Promise((next) => setImmediate(next));
        quiet = working === 0 ? quiet + 1 : 0;
      }
    },
    close(): void {
      for (const name of asked) Reflect.deleteProperty(crypto.subtle, name);
    },
  };
}
