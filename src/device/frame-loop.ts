/** Milliseconds between two looks: at most 12 a second leaves the phone cool and the page free. */
const interval = 1000 / 12;

/** Looks at the video's frames, one at a time, until stopped. `seen` hears of every frame shown. */
export function runFrameLoop(
  video: HTMLVideoElement,
  on: { look(): Promise<void> | undefined; seen(): void },
): () => void {
  let running = true;
  let looking = false;
  let lookedAt = Number.NEGATIVE_INFINITY;

  function frame(): void {
    if (!running) return;
    next(video, frame);
    on.seen();
    // A few milliseconds early is better than a whole frame late.
    if (looking || performance.now() - lookedAt < interval - 8) return;
    const look = on.look();
    if (!look) return;
    lookedAt = performance.now();
    looking = true;
    look.finally(() => {
      looking = false;
    });
  }

  next(video, frame);
  return () => {
    running = false;
  };
}

function next(video: HTMLVideoElement, callback: () => void): void {
  if ('requestVideoFrameCallback' in video) {
    video.requestVideoFrameCallback(callback);
    return;
  }
  watchTime(video, callback, (video as HTMLVideoElement).currentTime);
}

/** Where the browser does not announce frames: a moved current time is a new one. */
function watchTime(video: HTMLVideoElement, callback: () => void, since: number): void {
  requestAnimationFrame(() => {
    if (video.currentTime !== since) callback();
    else if (video.srcObject !== null) watchTime(video, callback, since);
    else setTimeout(() => watchTime(video, callback, since), 250);
  });
}
