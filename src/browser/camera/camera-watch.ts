import { onCameraChange, onResume } from '../page-events.ts';
import type { CameraHappening } from './camera-state.ts';

/** How often the page and the picture are looked at, milliseconds. */
const lookEvery = 250;

/** Tells what happens around a camera with no call of ours: time, the page's sleep, plugs. */
export function watchCamera(
  video: HTMLVideoElement,
  isDead: () => boolean,
  tell: (happening: CameraHappening) => void,
): () => void {
  const look = () =>
    tell({
      kind: 'tick',
      isHidden: document.visibilityState === 'hidden',
      isDead: isDead(),
      isShown: video.isConnected,
    });
  const timer = setInterval(look, lookEvery);
  const stops = [
    onResume(() => tell({ kind: 'resumed', isDead: isDead() })),
    onCameraChange(() => tell({ kind: 'plugged' })),
  ];
  return () => {
    clearInterval(timer);
    for (const stop of stops) stop();
  };
}
