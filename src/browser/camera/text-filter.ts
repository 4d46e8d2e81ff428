import type { SeenCode } from '../../decoder/protocol.ts';

/** Milliseconds before a text still in view is delivered again. */
const repeatAfter = 1000;
/** Milliseconds after a text in which another one must be read twice. */
const doubtFor = 1000;
/** Milliseconds in which a pass that was in view keeps a code that is none from being told. */
const passFor = 1000;
/** Milliseconds a code that is no pass waits, in case a pass beside it takes more looks to be read. */
const patience = 300;

/**
 * Says which one of the codes in view is delivered, if any; they come ranked. A pass is good once it
 * is read, and not delivered again for a second: meanwhile the next one in view has its turn. Another
 * text within that second may be a misreading of the same code: it is delivered when it is read a
 * second time. A code that is no pass never stands in a pass's way: it is told only when it was seen
 * for a while and no pass was.
 */
export function createTextFilter(): (
  codes: readonly SeenCode[],
  now: number,
) => string | undefined {
  const delivered = new Map<string, number>();
  const doubtful = new Map<string, number>();
  const strays = new Map<string, { readonly from: number; readonly at: number }>();
  let passAt = Number.NEGATIVE_INFINITY;

  function isDue({ text, isPass }: SeenCode, now: number): boolean {
    if (!isPass) {
      const from = strays.get(text)?.from ?? now;
      strays.set(text, { from, at: now });
      if (now - from < patience || now - passAt < passFor) return false;
    }
    if (delivered.has(text)) return false;
    const isDoubtful = delivered.size > 0 && !doubtful.has(text);
    if (isDoubtful) doubtful.set(text, now);
    return !isDoubtful;
  }

  return (codes, now) => {
    forget(delivered, now - repeatAfter);
    forget(doubtful, now - doubtFor);
    for (const [text, { at }] of strays) if (at <= now - passFor) strays.delete(text);
    if (codes.some(({ isPass }) => isPass)) passAt = now;
    const [due] = codes.filter((code) => isDue(code, now));
    if (!due) return undefined;
    doubtful.delete(due.text);
    delivered.set(due.text, now);
    return due.text;
  };
}

function forget(times: Map<string, number>, until: number): void {
  for (const [text, at] of times) if (at <= until) times.delete(text);
}
