/**
 * Calls `then` once what is in the document by now has been painted, with that time on the clock of
 * events (milliseconds since `performance.timeOrigin`). Not while the page is out of sight, and not
 * after the function it gives was called.
 */
export function whenShown(then: (at: number) => void): () => void {
  // the first frame is the one that paints it
  let frame = requestAnimationFrame(() => {
    frame = requestAnimationFrame(() => then(performance.now()));
  });
  return () => cancelAnimationFrame(frame);
}

/** Calls `then` when what is in the document by now has been in sight for `ms` milliseconds. */
export function afterShown(then: () => void, ms: number): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const forget = whenShown(() => {
    timer = setTimeout(then, ms);
  });
  return () => {
    forget();
    clearTimeout(timer);
  };
}
