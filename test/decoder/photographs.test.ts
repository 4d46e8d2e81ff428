import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, parse } from 'node:path';
import { expect, test } from 'vitest';
import { readAll } from '../../src/decoder/decode.ts';
import { toLuminance } from '../../src/decoder/pixels/luminance.ts';
import { rgba } from '../support/fake-camera.ts';
import { zxingInNode } from '../support/wasm.ts';

/** ZXing's black-box photographs, laid beside the project when they are there. */
const folder = join(import.meta.dirname, '../../../shared/images');
const plain = (text: string) => text.replaceAll('\r\n', '\n').trim();

const promise =
  'of the photographs by many hands at least 178 are read, and more than by one bare look';
const isThere = existsSync(folder);
const title = isThere
  ? promise
  : `NOT MEASURED, the folder ../shared/images is missing: ${promise}`;

test.runIf(isThere)(
  title,
  async () => {
    const read = await zxingInNode();
    const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
    const pictures = names.filter((name) => /\.(png|jpg|gif)$/.test(name));
    let ours = 0;
    let bare = 0;
    for (const name of pictures) {
      const { dir, name: stem } = parse(join(folder, name));
      const truth = plain(readFileSync(join(dir, `${stem}.txt`), 'utf8'));
      const picture = await rgba(join(folder, name));
      if (
        readAll(read, picture)
          .map(({ text }) => plain(text))
          .includes(truth)
      )
        ours++;
      if (
        read(toLuminance(picture), { most: 16 })
          .map(({ text }) => plain(text))
          .includes(truth)
      )
        bare++;
    }
    console.info(`read ${ours} of ${pictures.length} photographs; one bare look: ${bare}`);
    expect(ours).toBeGreaterThanOrEqual(178);
    expect(ours).toBeGreaterThan(bare);
  },
  120_000,
);
