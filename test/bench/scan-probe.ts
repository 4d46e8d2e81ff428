/** What the probe saw, in milliseconds since the page was opened. */
export interface Sightings {
  /** First frames that show a code, as the page gets them. */
  readonly shown: number[];
  /** Texts that reached the page from the decoder worker. */
  readonly texts: number[];
  /** Verdicts put on screen. */
  readonly verdicts: number[];
  /** First frame of the camera on screen. */
  firstFrame?: number;
  /** Frames looked at by a decoder worker. */
  looks: number;
}

interface Answer {
  readonly looked?: boolean;
  readonly texts?: readonly string[];
}

declare global {
  interface Window {
    sightings: Sightings;
  }
}

/**
 * Runs in the page before anything else: notes frames, looks and verdicts, and closes each card as
 * soon as it listens. `watchMark` looks at the corner of each frame; without it the probe is idle.
 */
export function probe({ watchMark, markPx }: { watchMark: boolean; markPx: number }): void {
  const sightings: Sightings = { shown: [], texts: [], verdicts: [], looks: 0 };
  window.sightings = sightings;
  const canvas = new OffscreenCanvas(1, 1);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  let isShown = false;

  function frame(video: HTMLVideoElement): void {
    const at = performance.now();
    sightings.firstFrame ??= at;
    if (!watchMark) return;
    video.requestVideoFrameCallback(() => frame(video));
    context?.drawImage(video, 8, 8, markPx - 16, markPx - 16, 0, 0, 1, 1);
    const light = (context?.getImageData(0, 0, 1, 1).data[0] ?? 0) > 128;
    if (light && !isShown) sightings.shown.push(at);
    isShown = light;
  }

  const known = new WeakSet<Element>();
  new MutationObserver(() => {
    for (const video of document.querySelectorAll('video')) {
      if (!known.has(video)) video.requestVideoFrameCallback(() => frame(video));
      known.add(video);
    }
    const card = document.querySelector('section[data-state]');
    if (!card || known.has(card)) return;
    known.add(card);
    sightings.verdicts.push(performance.now());
    const leave = () => document.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' }));
    setTimeout(leave, 400);
  }).observe(document, { subtree: true, childList: true });

  const heard = new WeakSet<Worker>();
  Worker.prototype.postMessage = new Proxy(Worker.prototype.postMessage, {
    apply(send, worker, message) {
      if (!heard.has(worker)) {
        worker.addEventListener('message', ({ data }: MessageEvent<Answer>) => {
          if (data.looked) sightings.looks += 1;
          if (data.texts && data.texts.length > 0) sightings.texts.push(performance.now());
        });
      }
      heard.add(worker);
      return Reflect.apply(send, worker, message);
    },
  });
}
