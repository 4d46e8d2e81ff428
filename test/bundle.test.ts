import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { type Entry, isScriptDecoder, keptEntries, urlOf } from '../src/scanner/sw/packed.ts';

const dist = join(import.meta.dirname, '..', 'dist');
const read = (name: string): string => readFileSync(join(dist, name), 'utf8');
const gzipped = (name: string): number => gzipSync(read(name)).length;
const kb = 1000;

/** The scripts of a page and every chunk they import statically: all that runs before the page is there. */
function scriptsOf(page: string, folder = ''): string[] {
  const scripts = read(page).matchAll(/<script[^>]+src="\/([^"]+\.js)"/g);
  const found = new Set([...scripts].map(([, name = '']) => name));
  for (const name of found) {
    const statics = read(name).matchAll(
      /(?:^|[;}\n])import(?:[^'"(;]*from)?\s*["']\.\/([^"']+)["']/g,
    );
    for (const [, chunk] of statics) found.add(`${folder}assets/${chunk}`);
  }
  return [...found];
}

/** The scanner's: before the camera. */
function startScripts(): string[] {
  const found = scriptsOf('index.html');
  expect(found).toContain('floor.js');
  return found;
}

const assets = (): string[] => readdirSync(join(dist, 'assets'));
const precached = (): string[] =>
  [...read('sw.js').matchAll(/["']?url["']?:\s*["']([^"']+)["']/g)].map(([, url = '']) => url);

/** Bytes on the phone; a browser packs as zlib does by default (sw.test.ts sees what a real one keeps). */
const sizeOf = (kept: readonly Entry[] = []): number =>
  kept.reduce((sum, entry) => {
    const bytes = readFileSync(join(dist, urlOf(entry)));
    const isPacked = typeof entry !== 'string' && entry.revision === 'gzip';
    return sum + (isPacked ? gzipSync(bytes) : bytes).length;
  }, 0);

describe('what the phone loads', () => {
  it('is built (run "npm run build"; npm test does)', () => {
    expect(existsSync(join(dist, 'index.html'))).toBe(true);
  });

  it('at most 93 KB of script, gzipped, stand before the first camera frame', () => {
    const size = startScripts().reduce((sum, name) => sum + gzipped(name), 0);
    console.log(`script before the camera: ${(size / kb).toFixed(1)} KB gzipped`);
    expect(size).toBeGreaterThan(20 * kb);
    expect(size).toBeLessThanOrEqual(93 * kb);
  });

  it('the decoder is ours, at most 1.0 MB, and not part of the start', () => {
    const wasm = assets().filter((name) => name.endsWith('.wasm'));
    expect(wasm).toHaveLength(1);
    expect(statSync(join(dist, 'assets', wasm[0] ?? '')).size).toBeLessThanOrEqual(1000 * kb);
    expect(startScripts().join()).not.toContain('wasm');
  });

  it('at most 1.6 MB are kept, the decoder, its worker and the engine among them', () => {
    const built = precached();
    const all = { wasm: true, packing: true };
    const [packed, plain, script] = [all, { ...all, packing: false }, { ...all, wasm: false }].map(
      (can) => keptEntries(built, can),
    );
    const shown = (kept: readonly Entry[] = []) => `${(sizeOf(kept) / kb / kb).toFixed(2)} MB`;
    console.log(
      `kept: ${packed?.length} files, ${shown(packed)} with the engine packed; ` +
        `${shown(plain)} where a browser cannot pack, ${shown(script)} where it has no WebAssembly`,
    );
    expect(sizeOf(packed)).toBeLessThanOrEqual(1600 * kb);
    expect(sizeOf(script)).toBeLessThanOrEqual(1600 * kb);
    for (const part of ['index.html', '.wasm', 'worker', 'engine', '.css']) {
      expect(packed?.some((entry) => urlOf(entry).includes(part))).toBe(true);
    }
  });

  it('no file is precached twice, nor one that only installing asks for: that needs the network', () => {
    const urls = precached();
    expect(urls.filter((url, at) => urls.indexOf(url) !== at)).toEqual([]);
    expect(urls.filter((url) => url.endsWith('.png'))).toEqual([]);
  });

  it('every script the page can ask for is precached, or it would fail in a dead spot', () => {
    const missing = assets().filter(
      (name) => name.endsWith('.js') && !precached().includes(`assets/${name}`),
    );
    expect(missing).toEqual([]);
  });
});

describe('what must not be in it', () => {
  const shipped = (): string =>
    assets()
      .filter((name) => name.endsWith('.js'))
      .map((name) => read(`assets/${name}`))
      .join('\n');

  it('no private key, demo or other', () => {
    const demo = JSON.parse(readFileSync(join(dist, '..', 'keys', 'demo-private.json'), 'utf8'));
    const secrets: string[] = [];
    JSON.stringify(demo, (name, value) => {
      if (name === 'd' && typeof value === 'string') secrets.push(value);
      return value;
    });
    expect(secrets.length).toBeGreaterThan(5);
    const all = shipped();
    expect(secrets.filter((secret) => all.includes(secret))).toEqual([]);
  });

  it('no inline script or style, and nothing from another origin, in the page', () => {
    const page = read('index.html');
    expect(page).not.toMatch(/<script(?![^>]*\bsrc=)/);
    expect(page).not.toMatch(/<style|\sstyle=|\son\w+=/);
    expect(page).not.toMatch(/(?:src|href)="(?:https?:)?\/\//);
  });

  it('no page of another program', () => {
    expect(precached().filter((url) => /^(demo|console|citizen)\//.test(url))).toEqual([]);
  });
});

describe('the citizen’s page', () => {
  const files = readdirSync(join(dist, 'citizen', 'assets')).map((name) => `assets/${name}`);
  const kept = [...read('citizen/sw.js').matchAll(/["']?url["']?:\s*["']([^"']+)["']/g)].map(
    ([, url = '']) => url,
  );

  it('is at most 140 KB of script, gzipped, before it shows a code', () => {
    const start = scriptsOf('citizen/index.html', 'citizen/');
    const size = start.reduce((sum, name) => sum + gzipped(name), 0);
    console.log(`script of the citizen’s page: ${(size / kb).toFixed(1)} KB gzipped`);
    expect(size).toBeGreaterThan(20 * kb);
    expect(size).toBeLessThanOrEqual(140 * kb);
  });

  it('has what reads and checks posters apart, at most 100 KB of script beside the decoder', () => {
    const start = scriptsOf('citizen/index.html', 'citizen/');
    const others = files
      .map((name) => `citizen/${name}`)
      .filter((name) => name.endsWith('.js') && !start.includes(name))
      .filter((name) => !isScriptDecoder(name));
    const size = others.reduce((sum, name) => sum + gzipped(name), 0);
    console.log(`loaded when somebody scans: ${(size / kb).toFixed(1)} KB gzipped`);
    expect(size).toBeGreaterThan(10 * kb);
    expect(size).toBeLessThanOrEqual(100 * kb);
    expect(files.filter((name) => name.endsWith('.wasm'))).toHaveLength(1);
  });

  it('is kept whole for a start without a network, and its icons are not', () => {
    expect(kept).toContain('index.html');
    // what reads posters where there is no WebAssembly comes when it is needed
    const expected = files.filter((name) => !isScriptDecoder(name));
    expect(expected.filter((name) => !kept.includes(name))).toEqual([]);
    expect(kept.filter((url) => url.endsWith('.png') || isScriptDecoder(url))).toEqual([]);
  });

  it('can be installed: scope and start are its own, and every icon is there', () => {
    const manifest = JSON.parse(read('citizen/manifest.webmanifest'));
    expect(manifest).toMatchObject({ scope: '/citizen/', start_url: '/citizen/' });
    expect(manifest.icons.map(({ sizes }: { sizes: string }) => sizes)).toContain('512x512');
    for (const { src } of manifest.icons) expect(existsSync(join(dist, 'citizen', src))).toBe(true);
  });

  it('has nothing inline, and nothing from another origin', () => {
    const page = read('citizen/index.html');
    expect(page).not.toMatch(/<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=/);
    expect(page).not.toMatch(/(?:src|href)="(?:https?:)?\/\//);
  });
});
