/**
 * Reads folders of pictures with three decoders side by side:
 *   npm run bench:decode -- DIR... [--generated] [--json FILE]
 * The truth of NAME.png is NAME.txt beside it. Only ratios within one run mean anything.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join, parse } from 'node:path';
import { parseArgs } from 'node:util';
import {
  BinaryBitmap,
  DecodeHintType,
  HybridBinarizer,
  QRCodeReader,
  RGBLuminanceSource,
} from '@zxing/library';
import { type ReaderOptions, readBarcodes } from 'zxing-wasm/reader';
import { readAll } from '../../src/decoder/decode.ts';
import { type Rgba, toLuminance } from '../../src/decoder/luminance.ts';
import { rgba } from '../support/fake-camera.ts';
import { zxingInNode } from '../support/wasm.ts';
import { generated, type Sample } from './degraded.ts';

type Engine = (picture: Rgba) => readonly string[] | Promise<readonly string[]>;

interface Score {
  readonly corpus: string;
  readonly engine: string;
  readonly pictures: number;
  readonly read: number;
  readonly medianMs: number;
  readonly p95Ms: number;
}

const read = await zxingInNode();
const qrOnly: ReaderOptions = { formats: ['QRCode'], textMode: 'Plain' };

const engines: Record<string, Engine> = {
  kakou: (picture) => readAll(read, picture),
  'zxing-wasm': async (picture) =>
    (await readBarcodes(picture as ImageData, qrOnly)).map(({ text }) => text),
  '@zxing/browser': zxingBrowser,
};

/** What `@zxing/browser` runs on each frame, without its canvas. */
function zxingBrowser(picture: Rgba): string[] {
  const { data, width, height } = toLuminance(picture);
  const source = new RGBLuminanceSource(new Uint8ClampedArray(data), width, height);
  try {
    const bitmap = new BinaryBitmap(new HybridBinarizer(source));
    const hints = new Map([[DecodeHintType.TRY_HARDER, true]]);
    return [new QRCodeReader().decode(bitmap, hints).getText()];
  } catch {
    return []; // it throws when there is no code
  }
}

async function* folder(path: string): AsyncGenerator<Sample> {
  for (const name of readdirSync(path).sort()) {
    const truth = join(path, `${parse(name).name}.txt`);
    if (!/\.(png|jpe?g|gif|webp)$/i.test(name) || !existsSync(truth)) continue;
    yield { picture: await rgba(join(path, name)), text: readFileSync(truth, 'utf8') };
  }
}

const plain = (text: string) => text.replaceAll('\r\n', '\n').trim();

async function measure(corpus: string, samples: AsyncIterable<Sample>): Promise<Score[]> {
  const times = new Map(Object.keys(engines).map((name) => [name, [] as number[]]));
  const hits = new Map<string, number>();
  for await (const { picture, text } of samples) {
    for (const [name, engine] of Object.entries(engines)) {
      const from = performance.now();
      const texts = await engine(picture);
      times.get(name)?.push(performance.now() - from);
      if (texts.map(plain).includes(plain(text))) hits.set(name, (hits.get(name) ?? 0) + 1);
    }
  }
  return [...times].map(([engine, all]) => {
    const sorted = all.sort((a, b) => a - b);
    const at = (share: number) =>
      Math.round((sorted[Math.floor(sorted.length * share)] ?? 0) * 100) / 100;
    const counted = { pictures: sorted.length, read: hits.get(engine) ?? 0 };
    return { corpus, engine, ...counted, medianMs: at(0.5), p95Ms: at(0.95) };
  });
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'string' }, generated: { type: 'boolean' } },
});
const corpora: [string, AsyncIterable<Sample>][] = positionals.map((path) => [
  basename(path),
  folder(path),
]);
if (values.generated || corpora.length === 0) corpora.push(['generated', generated()]);

const scores: Score[] = [];
for (const [name, samples] of corpora) scores.push(...(await measure(name, samples)));
console.table(scores);
if (values.json) writeFileSync(values.json, `${JSON.stringify(scores, null, 2)}\n`);
