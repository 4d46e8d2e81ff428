import type { CameraProblem } from '../../ports/code-reader.ts';
import { openLens, wishes } from './lens.ts';

export function createVideo(): HTMLVideoElement {
  const video = document.createElement('video');
  video.playsInline = true;
  video.muted = true;
  video.autoplay = true;
  video.disablePictureInPicture = true;
  video.setAttribute('aria-hidden', 'true');
  return video;
}

/** Shows the middle 1/times of the picture. */
export function enlarge(video: HTMLVideoElement, times: number): void {
  video.style.transform = times > 1 ? `scale(${times})` : '';
}

export async function ask(lens: string | undefined, isFront = false): Promise<MediaStream> {
  if (!isSecureContext) throw new DOMException('not served over https', 'SecurityError');
  if (!navigator.mediaDevices) throw new DOMException('no camera interface', 'NotSupportedError');
  const open = (wished: MediaStreamConstraints) => navigator.mediaDevices.getUserMedia(wished);
  return isFront ? open(wishes(undefined, false, 'user')) : openLens(lens, open, release);
}

export function release(stream: MediaStream | undefined): void {
  for (const track of stream?.getTracks() ?? []) track.stop();
}

export function problemOf(thrown: unknown): CameraProblem {
  const name = thrown instanceof DOMException ? thrown.name : '';
  if (name === 'SecurityError') return isSecureContext ? 'denied' : 'insecure';
  if (name === 'NotAllowedError') return 'denied';
  if (name === 'NotSupportedError') return 'unsupported';
  if (name === 'NotFoundError' || name === 'OverconstrainedError') return 'missing';
  if (name === 'NotReadableError' || name === 'AbortError') return 'busy';
  return 'failed';
}
