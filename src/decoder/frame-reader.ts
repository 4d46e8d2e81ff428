import type { Frame } from './frame-source.ts';
import { differs, glance, openFrame, zoomed } from './frame-source.ts';
import type { CameraFrame, FoundCode, SeenCode, Sight } from './protocol.ts';
import { ranked } from './rank.ts';
import { createSchedule } from './schedule.ts';

/** Finds the codes in one opened frame, ranked. */
export type Search = (frame: Frame) => readonly SeenCode[];
/** The browser's own detector. */
export type Native = (frame: CameraFrame) => Promise<readonly FoundCode[]>;

/** Takes every frame of the camera and looks at those that are due. */
export function createFrameReader(search: Search, native?: Native) {
  const schedule = createSchedule();
  let last: Uint8Array | undefined;

  async function look(source: CameraFrame, zoom: number): Promise<readonly SeenCode[]> {
    const seen = ranked(zoom > 1 ? [] : ((await native?.(source).catch(() => [])) ?? []));
    if (seen[0]?.isPass) return seen;
    return ranked([...search(zoomed(await openFrame(source), zoom)), ...seen]);
  }

  return async (source: CameraFrame, zoom: number): Promise<Sight> => {
    const from = performance.now();
    const blocks = await glance(source);
    const light = blocks && { light: mean(blocks) };
    if (!schedule.isDue(from, differs(blocks, last))) {
      return { codes: [], looked: false, ...light };
    }
    last = blocks;
    const codes = await look(source, zoom);
    schedule.looked(from, performance.now(), codes.length > 0);
    return { codes, looked: true, ...light };
  };
}

function mean(values: Uint8Array): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}
