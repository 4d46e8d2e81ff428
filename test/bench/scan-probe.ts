/** What the probe saw, in milliseconds since the page was opened. */
export interface Sightings {
  /** First frames that show a code, as the page gets them. */
  readonly shown: number[];
  /** Texts that reached the page from the decoder worker. */
  readonly texts: number[];
  /** Verdicts put into the page. */
  readonly verdicts: number[];
  /** Those verdicts painted, by the end of the frame that shows them. */
  readonly painted: number[];
  /** First frame of the camera on screen. */
  firstFrame?: number;
  /** Frames looked at by a decoder worker. */
  looks: number;
}

interface Answer {
  readonly looked?: boolean;
  readonly codes?: readonly unknown[];
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
  const sightings: Sightings = { shown: [], texts: [], verdicts: [], painted: [], looks: 0 };
  window.sightings = sightings;
  const rect = { x: markPx / 2, y: markPx / 2, width: 2, height: 2 };
  let isShown = false;

  // two pixels of the camera's own memory: to draw a frame costs 5 ms of the page's time, and six times as much under the throttle
  async function isLight(picture: VideoFrame): Promise<boolean> {
    try {
      const pixels = new Uint8Array(picture.allocationSize({ rect }));
      await picture.copyTo(pixels, { rect });
      return (pixels[0] ?? 0) > 128;
    } finally {
      picture.close();
    }
  }

  async function frame(video: HTMLVideoElement): Promise<void> {
    const at = performance.now();
    sightings.firstFrame ??= at;
    if (!watchMark) return;
    video.requestVideoFrameCallback(() => frame(video));
    const light = await isLight(new VideoFrame(video));
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
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => sightings.painted.push(performance.now());
      port2.postMessage(undefined);
    });
    // a card that came late is deaf a while longer
    const leave = () => {
      if (!card.isConnected) return;
      document.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' }));
      setTimeout(leave, 50);
    };
    setTimeout(leave, 400);
  }).observe(document, { subtree: true, childList: true });

  const heard = new WeakSet<Worker>();
  Worker.prototype.postMessage = new Proxy(Worker.prototype.postMessage, {
    apply(send, worker, message) {
      if (!heard.has(worker)) {
        worker.addEventListener('message', ({ data }: MessageEvent<Answer>) => {
          if (data.looked) sightings.looks += 1;
          if (data.codes && data.codes.length > 0) sightings.texts.push(performance.now());
        });
      }
      heard.add(worker);
      return Reflect.apply(send, worker, message);
    },
  });
}
