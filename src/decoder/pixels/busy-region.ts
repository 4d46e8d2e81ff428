import type { Luminance, Region } from './luminance.ts';

/** Pixels a side of the cells whose busyness is compared. */
const cell = 16;
/** How far above the usual a cell must stand, as a share of the busiest one's lead. */
const lead = 0.35;

/**
 * Where a picture changes most from pixel to pixel: that is where a code too small to be found may
 * be, with its quiet zone. The whole picture when no part stands out. Costs a few ms per megapixel.
 */
export function busyRegion(picture: Luminance): Region {
  const whole = { x: 0, y: 0, width: picture.width, height: picture.height };
  const columns = Math.floor(picture.width / cell);
  const rows = Math.floor(picture.height / cell);
  if (columns < 8 || rows < 8) return whole;
  const busyness = smooth(cellEdges(picture, columns, rows), columns, rows);
  const usual = Float32Array.from(busyness).sort()[busyness.length >> 1] ?? 0;
  const peak = busyness.indexOf(Math.max(...busyness));
  const least = usual + lead * ((busyness[peak] ?? 0) - usual);
  const box = spread(peak, columns, rows, (at) => (busyness[at] ?? 0) >= least);
  return grown(box, picture);
}

/** Sum of the steps between neighbouring pixels of every second row, per cell. */
function cellEdges({ data, width }: Luminance, columns: number, rows: number): Float32Array {
  const edges = new Float32Array(columns * rows);
  for (let y = 0; y < rows * cell; y += 2) {
    const row = Math.floor(y / cell) * columns;
    for (let column = 0; column < columns; column++) {
      let sum = 0;
      const from = y * width + column * cell;
      for (let at = from; at < from + cell - 2; at += 2) {
        const value = data[at] ?? 0;
        sum += Math.abs(value - (data[at + 2] ?? 0)) + Math.abs(value - (data[at + width] ?? 0));
      }
      edges[row + column] = (edges[row + column] ?? 0) + sum;
    }
  }
  return edges;
}

function smooth(values: Float32Array, columns: number, rows: number): Float32Array {
  return values.map((_, at) => {
    const [x, y] = [at % columns, Math.floor(at / columns)];
    let sum = 0;
    for (let down = -1; down <= 1; down++)
      for (let right = -1; right <= 1; right++) {
        const [column, row] = [x + right, y + down];
        if (column < 0 || row < 0 || column >= columns || row >= rows) continue;
        sum += values[row * columns + column] ?? 0;
      }
    return sum;
  });
}

/** Bounding box, in cells, of what hangs together with the first cell. */
function spread(
  first: number,
  columns: number,
  rows: number,
  belongs: (at: number) => boolean,
): { left: number; top: number; right: number; bottom: number } {
  const seen = new Set([first]);
  const box = { left: columns, top: rows, right: 0, bottom: 0 };
  for (const at of seen) {
    const [x, y] = [at % columns, Math.floor(at / columns)];
    box.left = Math.min(box.left, x);
    box.right = Math.max(box.right, x);
    box.top = Math.min(box.top, y);
    box.bottom = Math.max(box.bottom, y);
    if (x > 0 && belongs(at - 1)) seen.add(at - 1);
    if (x < columns - 1 && belongs(at + 1)) seen.add(at + 1);
    if (y > 0 && belongs(at - columns)) seen.add(at - columns);
    if (y < rows - 1 && belongs(at + columns)) seen.add(at + columns);
  }
  return box;
}

/** In pixels, with a margin for the quiet zone, inside the picture. */
function grown(
  { left, top, right, bottom }: { left: number; top: number; right: number; bottom: number },
  { width, height }: Luminance,
): Region {
  const margin = cell + Math.round(((right - left + bottom - top + 2) * cell) / 20);
  const x = Math.max(0, left * cell - margin);
  const y = Math.max(0, top * cell - margin);
  const end = Math.min(width, (right + 1) * cell + margin);
  const foot = Math.min(height, (bottom + 1) * cell + margin);
  return { x, y, width: end - x, height: foot - y };
}
