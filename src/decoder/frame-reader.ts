import type { Frame } from './frame-source.ts';
import { differs, glance, openFrame, zoomed } from './frame-source.ts';
import type { CameraFrame, Sight } from './protocol.ts';
import { createSchedule } from './schedule.ts';

/** Finds texts in one opened frame. */
export type Search = (frame: Frame) => readonly string[];
/** The browser's own detector. */
export type Native = (frame: CameraFrame) => Promise<readonly string[]>;

/** Takes every frame of the camera and looks at those that are due. */
export function createFrameReader(search: Search, native?: Native) {
  const schedule = createSchedule();
  let last: Uint8Array | undefined;

  async function look(source: CameraFrame, zoom: number): Promise<readonly string[]> {
    const seen = zoom > 1 ? [] : await native?.(source).catch(() => []);
    if (seen && seen.length > 0) return seen;
    return search(zoomed(await openFrame(source), zoom));
  }

  return async (source: CameraFrame, zoom: number): Promise<Sight> => {
    const from = performance.now();
    const blocks = await glance(source);
    const light = blocks && { light: mean(blocks) };
    if (!schedule.isDue(from, differs(blocks, last))) {
      return { texts: [], looked: false, ...light };
    }
    last = blocks;
    const texts = await look(source, zoom);
    schedule.looked(from, performance.now(), texts.length > 0);
    return { texts, looked: true, ...light };
  };
}

function mean(values: Uint8Array): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}
