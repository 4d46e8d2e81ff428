import { crop, type Luminance, type Region, type Rgba, toLuminance } from './pixels/luminance.ts';
import type { CameraFrame } from './protocol.ts';

/** A camera frame whose pixels are fetched only where they are looked at. */
export interface Frame {
  readonly width: number;
  readonly height: number;
  grey(region: Region): Luminance;
}

/** Formats whose first plane is the grey picture, one byte a pixel (WebCodecs, VideoPixelFormat). */
const planar = new Set<string | null>(['I420', 'I420A', 'I422', 'I444', 'NV12']);
/** Rows in the middle of the frame that tell whether it changed. */
const bandRows = 16;

/** A frame over pixels already in memory. */
export function frameOf(picture: Luminance): Frame {
  const { width, height } = picture;
  return { width, height, grey: (region) => crop(picture, region) };
}

/** Its middle, 1/zoom of the width and height: what a guard sees who has zoomed in. */
export function zoomed(frame: Frame, zoom: number): Frame {
  if (zoom <= 1) return frame;
  const width = Math.floor(frame.width / zoom);
  const height = Math.floor(frame.height / zoom);
  const [left, top] = [(frame.width - width) >> 1, (frame.height - height) >> 1];
  return {
    width,
    height,
    grey: ({ x, y, ...size }) => frame.grey({ x: x + left, y: y + top, ...size }),
  };
}

/** Mean grey of each 16×16 block across the middle; nothing where the frame cannot be read so cheaply. */
export async function glance(source: CameraFrame): Promise<Uint8Array | undefined> {
  if (!isPlanar(source)) return undefined;
  const { visibleRect } = source;
  if (!visibleRect) return undefined;
  const { x, width, height } = visibleRect;
  const y = visibleRect.y + 2 * Math.floor((height - bandRows) / 4);
  const { data } = await firstPlane(source, { x, y, width, height: bandRows });
  const blocks = new Uint8Array(Math.floor(width / bandRows));
  for (let block = 0; block < blocks.length; block++) {
    let sum = 0;
    for (let row = 0; row < bandRows; row++)
      for (let column = 0; column < bandRows; column++)
        sum += data[row * width + block * bandRows + column] ?? 0;
    blocks[block] = sum / bandRows ** 2;
  }
  return blocks;
}

/** Whether two glances show different scenes: sensor noise and a lamp's flicker do not count. */
export function differs(one: Uint8Array | undefined, other: Uint8Array | undefined): boolean {
  if (!one || !other || one.length !== other.length) return false;
  let blocks = 0;
  for (let at = 0; at < one.length; at++) {
    if (Math.abs((one[at] ?? 0) - (other[at] ?? 0)) > 20) blocks += 1;
  }
  return blocks >= 3;
}

/** The frame's pixels: its own grey plane where it has one, else drawn on a canvas part by part. */
export async function openFrame(source: CameraFrame): Promise<Frame> {
  if (isPlanar(source) && source.visibleRect) {
    return frameOf(await firstPlane(source, source.visibleRect));
  }
  const width = 'displayWidth' in source ? source.displayWidth : source.width;
  const height = 'displayHeight' in source ? source.displayHeight : source.height;
  return { width, height, grey: (region) => toLuminance(drawn(source, region)) };
}

function isPlanar(source: CameraFrame): source is VideoFrame {
  return 'copyTo' in source && planar.has(source.format);
}

let plane = new Uint8Array(0);

/** The grey pixels of a region with even edges. They are valid until the next call. */
async function firstPlane(source: VideoFrame, rect: Region): Promise<Luminance> {
  const size = source.allocationSize({ rect });
  if (plane.length < size) plane = new Uint8Array(size);
  plane.fill(0, 0, size); // what a browser does not fill is no part of another frame
  const [layout] = await source.copyTo(plane, { rect });
  const { offset = 0, stride = rect.width } = layout ?? {};
  const { width, height } = rect;
  if (stride === width) {
    return { data: plane.subarray(offset, offset + width * height), width, height };
  }
  const padded = { data: plane.subarray(offset), width: stride, height };
  return crop(padded, { x: 0, y: 0, width, height });
}

const canvas = typeof OffscreenCanvas === 'undefined' ? undefined : new OffscreenCanvas(1, 1);
const context = canvas?.getContext('2d', { willReadFrequently: true });

/** A region of a frame as a canvas gives it. */
export function drawn(source: CameraFrame, { x, y, width, height }: Region): Rgba {
  if (!canvas || !context) throw new TypeError('no 2d canvas here');
  if (canvas.width < width) canvas.width = width;
  if (canvas.height < height) canvas.height = height;
  context.clearRect(0, 0, width, height); // through a transparent picture the last one would show
  context.drawImage(source, x, y, width, height, 0, 0, width, height);
  return context.getImageData(0, 0, width, height);
}
