/** Codes that were found and could not be read: their modules are looked at one by one. */
import { flatPixels, type Outline } from './pixels/flatten.ts';
import type { Luminance } from './pixels/luminance.ts';
import { fixedModules } from './pixels/patterns.ts';
import { drawnClean, unfold } from './pixels/unfold.ts';
import type { FoundCode } from './protocol.ts';
import type { ReadQr } from './zxing.ts';

/** What unfolding a code costs: as much as a look at so many pixels. */
export const unfoldingCost = ({ size }: Outline): number => 9 * flatPixels(size);

/** The code of this outline, in pixels of the picture, laid flat; none when it cannot be read so either. */
export function readUnfolded(read: ReadQr, picture: Luminance, outline: Outline): FoundCode[] {
  return readModules(read, unfold(picture, outline), outline, picture);
}

function readModules(
  read: ReadQr,
  modules: ArrayLike<number>,
  { corners, size }: Outline,
  { width, height }: { readonly width: number; readonly height: number },
): FoundCode[] {
  const places = corners.map(({ x, y }) => ({ x: x / width, y: y / height }));
  const codes = read(drawnClean(modules, size), { most: 1 });
  return codes.map(({ text }) => ({ text, corners: places }));
}

/** Share of the clear modules in which two frames of one code agree, at least; of two codes it is half. */
const alike = 0.7;
/** A module is clear from so much on, of 100. */
const clear = 30;
/** What a frame still counts for in the next one. */
const fading = 0.75;

/** Puts what several frames showed of one code together. */
export interface Together {
  /** The code of this outline, in this frame or in all since the last that showed another one. */
  read(read: ReadQr, picture: Luminance, outline: Outline): FoundCode[];
  forget(): void;
}

/**
 * A code that no frame shows well is the sum of many: grain and passing glare are another in each, the
 * modules are the same. Frames that differ in much of what is clear in both show two codes.
 */
export function createTogether(): Together {
  let sum: Float32Array | undefined;
  return {
    read(read, picture, outline) {
      const modules = unfold(picture, outline);
      const before = sum;
      const isSame = before?.length === modules.length && agreement(before, modules) >= alike;
      sum = Float32Array.from(modules, (value, at) =>
        isSame ? fading * (before[at] ?? 0) + value : value,
      );
      const alone = readModules(read, modules, outline, picture);
      return alone.length > 0 || !isSame ? alone : readModules(read, sum, outline, picture);
    },
    forget() {
      sum = undefined;
    },
  };
}

function agreement(sum: Float32Array, modules: Int8Array): number {
  const fixed = fixedModules(Math.sqrt(modules.length)); // they are alike in all codes
  let [clearOnes, equal] = [0, 0];
  for (let at = 0; at < modules.length; at++) {
    const [one, other] = [sum[at] ?? 0, modules[at] ?? 0];
    if (fixed[at] || Math.abs(one) < clear || Math.abs(other) < clear) continue;
    clearOnes += 1;
    if (one > 0 === other > 0) equal += 1;
  }
  return clearOnes === 0 ? 0 : equal / clearOnes;
}
