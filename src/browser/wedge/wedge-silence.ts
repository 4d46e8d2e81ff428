/** Milliseconds in which keys that waited for the page still come to it. */
export const grace = 60;

/**
 * Calls `over` after a silence. A page that was busy may come to a timer before the keys that waited
 * all the while: only Chromium's and Firefox's give keys the precedence, and WebKit's get theirs one
 * at a time. So a second wait follows, `waitFor` milliseconds, in which they come, and begin the
 * silence anew.
 */
export function createSilence(over: () => void, waitFor = () => grace) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return {
    from(ms: number): void {
      clearTimeout(timer);
      timer = setTimeout(() => {
        timer = setTimeout(over, waitFor());
      }, ms);
    },
    stop: () => clearTimeout(timer),
  };
}
