/** Shows the video's frames to `look`, one at a time, until stopped. `seen` hears of every frame. */
export function runFrameLoop(
  video: HTMLVideoElement,
  on: { look(): Promise<void> | undefined; seen(): void },
): () => void {
  let running = true;
  let looking = false;

  function frame(): void {
    if (!running) return;
    next(video, frame);
    on.seen();
    if (looking) return;
    const look = on.look();
    if (!look) return;
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

/** Milliseconds without an announced frame after which the picture's own time is watched as well. */
const silenceMs = 1000;

function next(video: HTMLVideoElement, callback: () => void): void {
  const { currentTime } = video;
  if (!('requestVideoFrameCallback' in video)) {
    watchTime(video, callback, currentTime);
    return;
  }
  let isTold = false;
  const once = () => {
    clearTimeout(timer);
    if (isTold) return;
    isTold = true;
    callback();
  };
  // there and silent: in some browsers for streams, in others while the battery is low
  const timer = setTimeout(() => watchTime(video, once, currentTime), silenceMs);
  video.requestVideoFrameCallback(once);
}

/** Where the browser does not announce frames: a moved current time is a new one. */
function watchTime(video: HTMLVideoElement, callback: () => void, since: number): void {
  requestAnimationFrame(() => {
    if (video.currentTime !== since) callback();
    else if (video.srcObject !== null) watchTime(video, callback, since);
    else setTimeout(() => watchTime(video, callback, since), 250);
  });
}
