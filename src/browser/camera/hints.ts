import type { CameraHint } from '../../ports/code-reader.ts';

/** Milliseconds without a code before the first hint, and before each further one. */
const step = 6000;
/** Mean light of a frame, of 255, below which a torch helps. */
const dark = 50;

/** What may help a guard who has read nothing for so many milliseconds. */
export function hintAfter(
  ms: number,
  { light, torch }: { light: number | undefined; torch: boolean },
): CameraHint | undefined {
  if (ms < step) return undefined;
  if (torch && light !== undefined && light < dark) return 'torch';
  if (ms < 2 * step) return 'distance';
  return ms < 3 * step ? 'clean-lens' : 'manual';
}
