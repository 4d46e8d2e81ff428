/** Milliseconds before a text still in view is delivered again. */
const repeatAfter = 1000;
/** Milliseconds after a text in which another one must be read twice. */
const doubtFor = 1000;

/**
 * Says which of the texts read from frames are delivered. A text is good once it is read, and not
 * delivered again for a second. Another text within that second may be a misreading of the same
 * code: it is delivered when it is read a second time.
 */
export function createTextFilter(): (text: string, now: number) => boolean {
  const delivered = new Map<string, number>();
  const doubtful = new Map<string, number>();
  return (text, now) => {
    forget(delivered, now - repeatAfter);
    forget(doubtful, now - doubtFor);
    if (delivered.has(text)) return false;
    if (delivered.size > 0 && !doubtful.has(text)) {
      doubtful.set(text, now);
      return false;
    }
    doubtful.delete(text);
    delivered.set(text, now);
    return true;
  };
}

function forget(times: Map<string, number>, until: number): void {
  for (const [text, at] of times) if (at <= until) times.delete(text);
}
