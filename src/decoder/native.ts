import type { Native } from './frame-reader.ts';
import type { CameraFrame, FoundCode, Point } from './protocol.ts';
import { selfTest } from './self-test.ts';

interface DetectedCode {
  readonly rawValue: string;
  /** In pixels of the source, in turn. */
  readonly cornerPoints?: readonly Point[];
}
interface Detector {
  detect(source: ImageBitmapSource): Promise<readonly DetectedCode[]>;
}
interface DetectorClass {
  new (options: { formats: string[] }): Detector;
}

/**
 * The browser's own detector (Shape Detection API), if it reads a code as dense as a pass right
 * here and now: on Android it is there without Google Play Services too, and then reads nothing.
 */
export async function findNative(): Promise<Native | undefined> {
  const { BarcodeDetector } = globalThis as { BarcodeDetector?: DetectorClass };
  if (!BarcodeDetector) return undefined;
  try {
    const detector = new BarcodeDetector({ formats: ['qr_code'] });
    const detect: Native = async (frame) =>
      (await detector.detect(frame as ImageBitmapSource)).map((code) => inShares(code, frame));
    return (await passes(detect)) ? detect : undefined;
  } catch {
    return undefined;
  }
}

function inShares({ rawValue, cornerPoints = [] }: DetectedCode, frame: CameraFrame): FoundCode {
  const width = 'displayWidth' in frame ? frame.displayWidth : frame.width;
  const height = 'displayHeight' in frame ? frame.displayHeight : frame.height;
  return {
    text: rawValue,
    corners: cornerPoints.map(({ x, y }) => ({ x: x / width, y: y / height })),
  };
}

async function passes(detect: Native): Promise<boolean> {
  const { data, size } = selfTest.picture();
  const bitmap = await createImageBitmap(new ImageData(data, size, size));
  const giveUp = new Promise<readonly FoundCode[]>((resolve) => setTimeout(resolve, 3000, []));
  try {
    const [code] = await Promise.race([detect(bitmap), giveUp]);
    return code?.text === selfTest.text;
  } finally {
    bitmap.close();
  }
}
