import { between, type Flat, flatten, margin, type Outline, type Spot, scale } from './flatten.ts';
import type { Luminance } from './luminance.ts';
import { fixedModules } from './patterns.ts';

/** Modules from one knot of the net to the next. */
const step = 2;
/** Modules each way around a knot by which its place is judged. */
const reach = 2;
/** Pixels of the flat picture that a knot may be drawn in all. */
const furthest = (margin - 1) * scale;
/** Pixels each way that are tried for a knot: as the net grows, and once it lies. */
const [coarse, fine] = [3, 2];
/** What a pixel away from where its neighbours pull costs, squared; clearness is 0 to 100. */
const stiffness = 1.5;

/**
 * The modules of a code on cloth, round a bottle or on a crumpled sheet, row by row: -100 dark to
 * 100 light. A net laid over it is drawn, knot by knot from the finder patterns on, to where the
 * modules are most clearly dark or light; the threshold is that of each module's surroundings.
 */
export function unfold(picture: Luminance, outline: Outline): Int8Array {
  const flat = flatten(picture, outline);
  const soft = middled(flat);
  return sampled(soft, fitted(soft, outline.size), outline.size);
}

/** A code as it ought to be drawn: modules of so many pixels, four of them white around it. */
export function drawnClean(modules: ArrayLike<number>, size: number, pixels = 3): Luminance {
  const width = (size + 8) * pixels;
  const data = new Uint8Array(width * width).fill(255);
  for (let row = 0; row < size; row++)
    for (let column = 0; column < size; column++) {
      if ((modules[row * size + column] ?? 0) >= 0) continue;
      for (let y = 0; y < pixels; y++) {
        const from = ((row + 4) * pixels + y) * width + (column + 4) * pixels;
        data.fill(0, from, from + pixels);
      }
    }
  return { data, width, height: width };
}

/** Each pixel the mean of three by three: half a module. */
function middled({ data, side }: Flat): Flat {
  const along = (from: Int8Array, stride: number) => {
    const to = new Int8Array(from.length);
    for (let at = stride; at < from.length - stride; at++)
      to[at] = ((from[at - stride] ?? 0) + (from[at] ?? 0) + (from[at + stride] ?? 0)) / 3;
    return to;
  };
  return { data: along(along(data, 1), side), side };
}

/** Where the knots were drawn to, in pixels from where a flat code would have them. */
interface Net {
  readonly x: Float32Array;
  readonly y: Float32Array;
  /** Knots a side. */
  readonly knots: number;
}

function fitted(flat: Flat, size: number): Net {
  const knots = Math.ceil(size / step) + 1;
  const net: Net = { x: new Float32Array(knots ** 2), y: new Float32Array(knots ** 2), knots };
  const clearness = createJudge(flat, size, knots);
  const isDone = new Uint8Array(knots ** 2);
  const isWaiting = new Uint8Array(knots ** 2);
  const worth = new Float32Array(knots ** 2);
  const waiting: number[] = [];

  function draw(knot: number, range: number): void {
    const best = clearest(clearness, knot, pull(net, isDone, knot), range);
    [net.x[knot], net.y[knot], worth[knot]] = [best.x, best.y, best.value];
  }
  function wait(knot: number): void {
    draw(knot, coarse);
    isWaiting[knot] = 1;
    waiting.push(knot);
  }

  const [first, last] = [Math.round(3 / step), Math.round((size - 4) / step)];
  for (const finder of [first * knots + first, first * knots + last, last * knots + first])
    wait(finder);
  while (waiting.length > 0) {
    const knot = takeBest(waiting, worth);
    draw(knot, coarse);
    isDone[knot] = 1;
    for (const other of around(knot, knots)) if (!isWaiting[other]) wait(other);
  }
  for (let knot = 0; knot < knots ** 2; knot++) draw(knot, fine);
  return net;
}

function takeBest(waiting: number[], worth: Float32Array): number {
  let best = 0;
  for (let at = 1; at < waiting.length; at++)
    if ((worth[waiting[at] ?? 0] ?? 0) > (worth[waiting[best] ?? 0] ?? 0)) best = at;
  const [knot = 0] = waiting.splice(best, 1);
  return knot;
}

function around(knot: number, knots: number): number[] {
  const [column, row] = [knot % knots, Math.floor(knot / knots)];
  const found: number[] = [];
  for (let y = Math.max(0, row - 1); y <= Math.min(knots - 1, row + 1); y++)
    for (let x = Math.max(0, column - 1); x <= Math.min(knots - 1, column + 1); x++)
      if (x !== column || y !== row) found.push(y * knots + x);
  return found;
}

/**
 * Where its neighbours pull a knot: to their mean, and before it has a place of its own to where the
 * slope from the one beyond each leads.
 */
function pull({ x, y, knots }: Net, isDone: Uint8Array, knot: number): Spot {
  const [column, row] = [knot % knots, Math.floor(knot / knots)];
  let [right, down, count] = [0, 0, 0];
  for (const near of around(knot, knots)) {
    if (!isDone[near]) continue;
    const [over, under] = [2 * (near % knots) - column, 2 * Math.floor(near / knots) - row];
    const isInside = over >= 0 && under >= 0 && over < knots && under < knots;
    const beyond = under * knots + over;
    const slope = isInside && isDone[beyond] && !isDone[knot] ? 1 : 0;
    right += (x[near] ?? 0) + slope * ((x[near] ?? 0) - (x[beyond] ?? 0));
    down += (y[near] ?? 0) + slope * ((y[near] ?? 0) - (y[beyond] ?? 0));
    count += 1;
  }
  return { x: right / Math.max(1, count), y: down / Math.max(1, count) };
}

type Judge = (knot: number, x: number, y: number) => number;

/** The clearest place near where the neighbours pull a knot, first sideways, then up and down, twice. */
function clearest(judge: Judge, knot: number, pulled: { x: number; y: number }, range: number) {
  let [x, y] = [Math.round(pulled.x), Math.round(pulled.y)];
  const worthAt = (x: number, y: number) =>
    judge(knot, x, y) - stiffness * ((x - pulled.x) ** 2 + (y - pulled.y) ** 2);
  let value = worthAt(x, y);
  for (let round = 0; round < 2; round++) {
    const before = { x, y };
    for (let way = -range; way <= range; way++) {
      const worth = way === 0 ? value : worthAt(before.x + way, y);
      if (worth > value) [x, value] = [before.x + way, worth];
    }
    for (let way = -range; way <= range; way++) {
      const worth = way === 0 ? value : worthAt(x, before.y + way);
      if (worth > value) [y, value] = [before.y + way, worth];
    }
    if (x === before.x && y === before.y) break;
  }
  return { x, y, value };
}

/** How clearly dark or light the modules around a knot are, were it drawn there: 0 to 100. */
function createJudge({ data, side }: Flat, size: number, knots: number): Judge {
  const fixed = fixedModules(size);
  return (knot, x, y) => {
    if (x > furthest || x < -furthest || y > furthest || y < -furthest) return -1000;
    const column = (knot % knots) * step;
    const row = ((knot / knots) | 0) * step;
    const left = column < reach ? 0 : column - reach;
    const right = Math.min(size - 1, column + reach);
    const top = row < reach ? 0 : row - reach;
    const foot = Math.min(size - 1, row + reach);
    let sum = 0;
    for (let down = top; down <= foot; down++) {
      let at = placeOf(down, y) * side + placeOf(left, x);
      for (let module = down * size + left; module <= down * size + right; module++) {
        const value = data[at] ?? 0;
        const known = fixed[module] ?? 0;
        sum += known === 0 ? (value < 0 ? -value : value) : known * value;
        at += scale;
      }
    }
    return sum / ((right - left + 1) * (foot - top + 1));
  };
}

/** The pixel in the middle of a module, along one side. */
const placeOf = (module: number, drawn: number) => (module + margin) * scale + scale / 2 + drawn;

function sampled({ data, side }: Flat, { x, y, knots }: Net, size: number): Int8Array {
  const modules = new Int8Array(size * size);
  for (let row = 0; row < size; row++)
    for (let column = 0; column < size; column++) {
      const [across, down] = [column / step, row / step];
      const right = Math.round(between(x, knots, knots, across, down));
      const lower = Math.round(between(y, knots, knots, across, down));
      modules[row * size + column] = data[placeOf(row, lower) * side + placeOf(column, right)] ?? 0;
    }
  return modules;
}
