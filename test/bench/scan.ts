/**
 * From the first camera frame that shows a code to the verdict on screen, in a real Chromium with a
 * fake camera (1280×720, 30 fps), beside `decodeFromConstraints` of @zxing/browser:
 *   npm run bench:scan -- [--passes 20] [--throttle 1,4,6] [--sync 100] [--minutes 0] [--dist DIR]
 *     [--json FILE] [--only ours,scans]
 * The throttle slows the page's main thread, as Chromium's own tools do; workers keep their speed.
 * Each stage is the middle of its own times. `first` is the first code after the app was opened in a
 * running shift. `--sync` adds rows in which every strict transaction tells of its end so many
 * milliseconds late, as on a phone with a slow disk. `--only` leaves out: `ours` the peers, `scans` searching and cold start.
 * `--minutes` adds a soak of our app: heap and process memory each half minute.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { freshPasses, ourSite, peerSite, type Site, type Visit, visit } from './scan-page.ts';
import { machineSpeed, pageWork, stageMedians } from './scan-stages.ts';

const { values } = parseArgs({
  options: {
    passes: { type: 'string', default: '20' },
    throttle: { type: 'string', default: '1,4,6' },
    sync: { type: 'string' },
    minutes: { type: 'string', default: '0' },
    dist: { type: 'string' },
    json: { type: 'string' },
    only: { type: 'string' },
  },
});
const passes = Number(values.passes);
const throttles = values.throttle.split(',').map(Number);
const syncMs = Number(values.sync ?? 0);
const only = values.only?.split(',') ?? [];
const areScansAlone = only.includes('scans');
const searchS = 10;

/** Milliseconds from each code's first frame to what came while it was the newest, in order. */
function delays(shown: readonly number[], came: readonly number[]): number[] {
  const each = shown.flatMap((from, at) => {
    const until = shown[at + 1] ?? Number.POSITIVE_INFINITY;
    const first = came.find((time) => time >= from && time < until);
    return first === undefined ? [] : [first - from];
  });
  return each.sort((a, b) => a - b);
}

/** By nearest rank: of 20 the 95th percentile is the 19th. */
function quantile(sorted: readonly number[], share: number): number {
  return Math.round(sorted[Math.ceil(sorted.length * share) - 1] ?? NaN);
}

async function metric({ cdp }: Visit, wanted: string): Promise<number> {
  const { metrics } = await cdp.send('Performance.getMetrics');
  return metrics.find(({ name }) => name === wanted)?.value ?? Number.NaN;
}

/** Share of its time the main thread works, and looks a second, while there is nothing to find. */
async function searching(at: Visit, throttle: number) {
  await at.show([{ text: undefined, frames: 30 }], { throttle, watchMark: false });
  await at.cdp.send('Performance.enable');
  await at.page.waitForFunction(() => window.sightings.firstFrame !== undefined);
  await sleep(3000);
  const looks = () => at.page.evaluate(() => window.sightings.looks);
  const [from, looksFrom, since] = [await metric(at, 'TaskDuration'), await looks(), Date.now()];
  await sleep(searchS * 1000);
  const seconds = (Date.now() - since) / 1000;
  return {
    busyPercent: Math.round((100 * ((await metric(at, 'TaskDuration')) - from)) / seconds),
    looksPerS: Math.round(((await looks()) - looksFrom) / seconds),
  };
}

async function scanning(at: Visit, throttle: number, syncMs = 0) {
  const film = await freshPasses(passes);
  await at.show(film, { throttle, watchMark: true, syncMs });
  const filmS = film.reduce((sum, { frames }) => sum + frames, 0) / 30;
  await at.page.waitForFunction(() => window.sightings.shown.length > 0, undefined, {
    timeout: 60_000,
  });
  await sleep((filmS - 1) * 1000);
  const seen = await at.page.evaluate(() => window.sightings);
  const notes = await at.page.evaluate(() => window.stageNotes);
  const pageWorkMs = Math.round(await at.page.evaluate(pageWork));
  const shown = seen.shown.slice(0, passes);
  const sorted = delays(shown, seen.verdicts);
  const painted = delays(shown, seen.painted);
  const ends = { ...notes, decoded: seen.texts, card: seen.verdicts, painted: seen.painted };
  return {
    pageWorkMs,
    shown: shown.length,
    read: sorted.length,
    medianMs: quantile(sorted, 0.5),
    p95Ms: quantile(sorted, 0.95),
    worstMs: quantile(sorted, 1),
    firstMs: quantile(delays(shown.slice(0, 2), seen.verdicts).slice(0, 1), 1),
    paintedMs: quantile(painted, 0.5),
    paintedP95Ms: quantile(painted, 0.95),
    ...stageMedians(shown, ends),
  };
}

/** Milliseconds from opening the app without a network to the camera's first frame: middle of three. */
async function coldStart(at: Visit, throttle: number): Promise<number> {
  const starts: number[] = [];
  for (let run = 0; run < 3; run++) starts.push(await at.coldStart(throttle));
  return quantile(
    starts.sort((a, b) => a - b),
    0.5,
  );
}

async function measure(site: Site, isOurs: boolean): Promise<object[]> {
  const at = await visit(site);
  const rows: object[] = [];
  try {
    for (const throttle of throttles) {
      const scans = await scanning(at, throttle);
      const search = areScansAlone ? undefined : await searching(at, throttle);
      const coldStartMs = isOurs && !areScansAlone ? await coldStart(at, throttle) : undefined;
      const row = { site: site.name, throttle, ...scans, ...search, coldStartMs };
      rows.push(row);
      console.log(row);
    }
    for (const throttle of isOurs && syncMs > 0 ? throttles : []) {
      const name = `${site.name}, disk syncs in ${syncMs} ms`;
      const row = { site: name, throttle, ...(await scanning(at, throttle, syncMs)) };
      rows.push(row);
      console.log(row);
    }
  } finally {
    await at.close();
  }
  return rows;
}

/** Megabytes held by the page's script after a collection, and by its whole process. */
async function memory(at: Visit) {
  await at.cdp.send('HeapProfiler.collectGarbage');
  const heapMb = (await metric(at, 'JSHeapUsedSize')) / 1e6;
  const browser = at.page.context().browser();
  const session = await browser?.newBrowserCDPSession();
  const { processInfo = [] } = (await session?.send('SystemInfo.getProcessInfo')) ?? {};
  await session?.detach();
  const renderers = processInfo.filter(({ type }) => type === 'renderer');
  return {
    heapMb: Math.round(heapMb * 100) / 100,
    rendererMb: Math.round(Math.max(...renderers.map(({ id }) => residentMb(id)))),
  };
}

function residentMb(pid: number): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1]) / 1000;
  } catch {
    return Number.NaN; // no Linux
  }
}

async function soak(site: Site, minutes: number) {
  const at = await visit(site);
  const samples = [];
  try {
    await at.show(await freshPasses(10), { throttle: 1, watchMark: true });
    await at.cdp.send('Performance.enable');
    const from = Date.now();
    for (let half = 1; half <= 2 * minutes; half++) {
      await sleep(from + half * 30_000 - Date.now());
      const { verdicts, looks } = await at.page.evaluate(() => window.sightings);
      const sample = { minute: half / 2, ...(await memory(at)), cards: verdicts.length, looks };
      samples.push(sample);
      console.log(sample);
    }
  } finally {
    await at.close();
  }
  return samples;
}

const sites: [boolean, () => Promise<Site>][] = [
  [true, () => ourSite(values.dist)],
  [false, () => peerSite()],
  [false, () => peerSite(40)],
];
const rows: object[] = [];
const machine = machineSpeed();
console.log(machine);
const samples: Awaited<ReturnType<typeof soak>> = [];
for (const [isOurs, make] of sites) {
  if (only.includes('ours') && !isOurs) continue;
  const site = await make();
  try {
    rows.push(...(await measure(site, isOurs)));
    if (isOurs && Number(values.minutes) > 0) {
      samples.push(...(await soak(site, Number(values.minutes))));
    }
  } finally {
    await site.close();
  }
}
console.table(rows);
if (samples.length > 0) console.table(samples);
if (values.json)
  writeFileSync(values.json, `${JSON.stringify({ machine, rows, samples }, null, 2)}\n`);
process.exit(0); // the builder of the peers' page stays otherwise
