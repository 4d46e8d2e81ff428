/**
 * Reads folders of pictures with several decoders side by side:
 *   npm run bench:decode -- DIR... [--degraded] [--hard] [--long] [--far] [--only NAME,...] [--json FILE]
 * The truth of NAME.png is NAME.txt beside it; folders in DIR are corpora of their own. Without
 * arguments the generated sets run, all with a fixed seed: `degraded`, `hard` (bent, badly lit,
 * damaged, coloured), `long` (screenshots) and `far`, the same frame width filled by a pass as CWT
 * and as JWT. Only ratios within one run mean anything.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join, parse } from 'node:path';
import { parseArgs } from 'node:util';
import { rgba } from '../support/fake-camera.ts';
import { decoders } from './decoders.ts';
import { cwtPass, degraded, far, jwtPass, type Sample } from './degraded.ts';
import { hard, long } from './hard.ts';

interface Score {
  readonly corpus: string;
  readonly decoder: string;
  readonly pictures: number;
  readonly read: number;
  /** Pictures for which only other texts than the true one came out. */
  readonly wrong: number;
  readonly medianMs: number;
  readonly p95Ms: number;
  /** Median time on the pictures it did not read, as a multiple of zxing-wasm's on the same ones. */
  readonly missTimes?: number;
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'string' },
    only: { type: 'string' },
    degraded: { type: 'boolean' },
    hard: { type: 'boolean' },
    long: { type: 'boolean' },
    far: { type: 'boolean' },
  },
});
const only = values.only?.split(',');
const chosen = Object.entries(decoders).filter(([name]) => only?.includes(name) ?? true);

function* corporaIn(path: string): Generator<[string, AsyncIterable<Sample>]> {
  const entries = readdirSync(path, { withFileTypes: true });
  if (entries.some((entry) => entry.isFile() && isPicture(entry.name))) {
    yield [basename(path), folder(path)];
  }
  for (const entry of entries.filter((each) => each.isDirectory())) {
    yield* corporaIn(join(path, entry.name));
  }
}

async function* folder(path: string): AsyncGenerator<Sample> {
  for (const name of readdirSync(path).sort()) {
    const truth = join(path, `${parse(name).name}.txt`);
    if (!isPicture(name) || !existsSync(truth)) continue;
    yield { picture: await rgba(join(path, name)), text: readFileSync(truth, 'utf8') };
  }
}

const isPicture = (name: string) => /\.(png|jpe?g|gif|webp)$/i.test(name);
const plain = (text: string) => text.replaceAll('\r\n', '\n').trim();

async function measure(corpus: string, samples: AsyncIterable<Sample>): Promise<Score[]> {
  const scores = chosen.map(([decoder]) => ({
    decoder,
    read: 0,
    wrong: 0,
    times: [] as number[],
    missed: [] as number[],
  }));
  const yardstick = scores.find(({ decoder }) => decoder === 'zxing-wasm');
  for await (const { picture, text } of samples) {
    for (const score of scores) {
      const from = performance.now();
      const texts = (await decoders[score.decoder]?.(picture)) ?? [];
      score.times.push(performance.now() - from);
      const isRead = texts.map(plain).includes(plain(text));
      if (!isRead) score.missed.push(score.times.length - 1);
      if (isRead) score.read += 1;
      else if (texts.length > 0) score.wrong += 1;
    }
  }
  const bare = [...(yardstick?.times ?? [])];
  return scores.map(({ times, missed, ...counted }) => {
    const ratios = missed.map((at) => (times[at] ?? 0) / (bare[at] ?? Number.NaN));
    const missTimes = Math.round((ratios.sort((a, b) => a - b)[ratios.length >> 1] ?? 0) * 10) / 10;
    const sorted = times.sort((a, b) => a - b);
    const at = (share: number) => Math.round((sorted[Math.floor(sorted.length * share)] ?? 0) * 10);
    const spent = { medianMs: at(0.5) / 10, p95Ms: at(0.95) / 10 };
    const misses = yardstick && ratios.length > 0 ? { missTimes } : {};
    return { corpus, pictures: sorted.length, ...counted, ...spent, ...misses };
  });
}

const corpora = positionals.flatMap((path) => [...corporaIn(path)]);
const { degraded: isDegraded, hard: isHard, long: isLong, far: isFar } = values;
const isBare = positionals.length === 0 && !isDegraded && !isHard && !isLong && !isFar;
if (isDegraded || isBare) corpora.push(['degraded', degraded()]);
if (isHard || isBare) corpora.push(['hard', hard()]);
if (isLong || isBare) corpora.push(['long', long()]);
if (isFar || isBare) {
  for (const width of [1.3, 1.4, 1.5, 1.6, 1.8, 2]) {
    corpora.push([`far, CWT at ${width} px a module`, far(cwtPass, width)]);
    corpora.push([`far, JWT as wide as CWT at ${width}`, far(jwtPass, width)]);
  }
}

const scores: Score[] = [];
for (const [name, samples] of corpora) scores.push(...(await measure(name, samples)));
console.table(scores);
if (values.json) writeFileSync(values.json, `${JSON.stringify(scores, null, 2)}\n`);
