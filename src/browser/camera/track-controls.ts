/** Torch, zoom and focus of a camera track (Image Capture): asked for only where it says it has them. */

interface Capabilities extends MediaTrackCapabilities {
  torch?: boolean;
  zoom?: { min: number; max: number };
  focusMode?: string[];
}
type Wish = MediaTrackConstraintSet & { torch?: boolean; zoom?: number; focusMode?: string };

const capabilities = (track: MediaStreamTrack): Capabilities => track.getCapabilities?.() ?? {};

/** True when it was done; a track that ends meanwhile has nothing to set. */
async function set(track: MediaStreamTrack, wish: Wish): Promise<boolean> {
  try {
    await track.applyConstraints({ advanced: [wish] });
    return true;
  } catch {
    return false;
  }
}

export const hasTorch = (track: MediaStreamTrack): boolean => capabilities(track).torch === true;

export const lightTorch = (track: MediaStreamTrack, on: boolean): Promise<boolean> =>
  set(track, { torch: on });

/** Some phones focus once and stay there unless asked. */
export async function focusAlways(track: MediaStreamTrack): Promise<void> {
  if (capabilities(track).focusMode?.includes('continuous')) {
    await set(track, { focusMode: 'continuous' });
  }
}

/** Zooms with the lens as far as it goes; gives how many times are left for cropping. */
export async function zoomLens(track: MediaStreamTrack, times: number): Promise<number> {
  const { zoom } = capabilities(track);
  if (!zoom || !(zoom.max > zoom.min)) return times;
  const one = Math.max(1, zoom.min);
  const wanted = Math.min(one * times, zoom.max);
  return (await set(track, { zoom: wanted })) ? Math.max(1, (one * times) / wanted) : times;
}
