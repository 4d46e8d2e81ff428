import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { keptEntries, pack, unpack } from '../../../src/scanner/sw/packed.ts';

const engine = Uint8Array.from([0, 97, 115, 109, ...Array(5000).keys()]);
const file = (body: BodyInit, status = 200) =>
  new Response(body, { status, headers: { 'content-type': 'application/wasm' } });
const bytes = async (response: Response | null) =>
  response && new Uint8Array(await response.arrayBuffer());

describe('what a browser keeps of the build', () => {
  const page = { url: 'index.html', revision: '1' };
  const wasm = { url: 'assets/reader-abc.wasm', revision: null };
  const built = [page, wasm, 'assets/decoder-script-def.js'];

  it.each([
    [
      'the engine packed, under a key no older version looks at',
      true,
      true,
      [page, { ...wasm, revision: 'gzip' }],
    ],
    ['the engine as it is where nothing can pack', true, false, [page, wasm]],
    ['the script where WebAssembly is switched off', false, true, [page, built[2]]],
    ['the script where nothing can pack either', false, false, [page, built[2]]],
  ])('%s', (_, wasm, packing, kept) => {
    expect(keptEntries(built, { wasm, packing })).toEqual(kept);
  });
});

describe('the packed engine', () => {
  it('is smaller, and the same again when unpacked, of the type that is compiled while it comes', async () => {
    const kept = await pack(file(engine));
    expect((await bytes(kept?.clone() ?? null))?.length).toBeLessThan(engine.length);
    const back = kept && (await unpack(kept));
    expect(back?.headers.get('content-type')).toBe('application/wasm');
    expect(await bytes(back)).toEqual(engine);
  });

  it.each([
    ['an error', file(engine, 503)],
    ["a portal's page", new Response('<!doctype html>')],
    ['nothing', file('')],
  ])('is never %s', async (_, answer) => {
    expect(await pack(answer)).toBeNull();
  });

  const whole = Uint8Array.from(gzipSync(engine));
  const flipped = (at: number) => whole.map((byte, i) => (i === at ? byte ^ 1 : byte));
  it.each([
    ['cut off', whole.slice(0, -20)],
    ['with one bit turned in its middle', flipped(Math.floor(whole.length / 2))],
    ['with one bit turned in its sum', flipped(whole.length - 8)],
    ['with something after it', Uint8Array.from([...whole, 1])],
    ['empty', new Uint8Array()],
  ])('is not used %s', async (_, body) => {
    const headers = { 'content-type': 'application/gzip' };
    expect(await unpack(new Response(body, { headers }))).toBeNull();
  });

  it('other kept files are given as they are', async () => {
    const page = new Response('page');
    expect(await unpack(page)).toBe(page);
  });
});
