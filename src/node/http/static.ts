import { readdirSync, readFileSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';
import { Hono } from 'hono';
import { type Representation, representation, respond } from './representation.ts';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.wasm': 'application/wasm',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.txt': 'text/plain; charset=utf-8',
  '.mp3': 'audio/mpeg',
  '.wav': 'audio/wav',
};

const forever = 'public, max-age=31536000, immutable';
const revalidate = 'no-cache';

/**
 * Built pages, read once into memory: only what was in the folder at the start has a path, so no
 * path can lead out of it. `index.html` stands for its folder; files under `assets/` carry a hash
 * in their name and are kept forever, everything else is asked for anew. `below`: the path they lie
 * under, with no slash at its end; `without`: a folder of the folder that is another program's.
 */
export function staticFiles(
  folder: string,
  { below = '', without }: { readonly below?: string; readonly without?: string } = {},
): Hono {
  const files = readFolder(folder, below, without);
  const routes = new Hono();
  routes.get('/*', async (context, next) => {
    const { path } = context.req;
    const file = files.get(path);
    if (file) return respond(context, file);
    return files.has(`${path}/`) ? context.redirect(`${path}/`) : next();
  });
  return routes;
}

function readFolder(
  folder: string,
  below: string,
  without: string | undefined,
): ReadonlyMap<string, Representation> {
  const files = new Map<string, Representation>();
  for (const item of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!item.isFile()) continue;
    const file = join(item.parentPath, item.name);
    const name = relative(folder, file).split(sep).join('/');
    if (without !== undefined && name.startsWith(`${without}/`)) continue;
    const path = `${below}/${name}`;
    const type = types[extname(item.name)] ?? 'application/octet-stream';
    const cacheControl = /\/assets\/[^/]+$/.test(path) ? forever : revalidate;
    const served = representation(Uint8Array.from(readFileSync(file)), type, cacheControl);
    files.set(path, served);
    if (item.name === 'index.html') files.set(path.slice(0, -item.name.length), served);
  }
  return files;
}
