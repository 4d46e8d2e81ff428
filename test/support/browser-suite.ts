import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { build } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';
import { policy as hubPolicy } from '../../src/hub/http/security-headers.ts';
import { quietWorkerBuild } from '../../vite.config.ts';
import { onceARun } from './once-a-run.ts';

const root = join(import.meta.dirname, 'browser-suite');

/** What the hub sends with the app, but for frames: nothing may work here that the policy would stop there. */
export const policy = hubPolicy.replace("frame-ancestors 'none'; ", '');

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
};

export interface SuiteServer {
  readonly url: string;
  /** Answers to paths that are no files; null goes on to 404. */
  respond: (request: IncomingMessage, response: ServerResponse) => boolean;
  /** Publishes another build, whole: the browser looks for one whenever it likes. */
  publish(version: string): Promise<void>;
  close(): Promise<void>;
}

/** Serves the suite's page, with our decoder, worker and service worker, under our policy. */
export async function serveSuite(): Promise<SuiteServer> {
  const builds = await mkdtemp(join(tmpdir(), 'kakou-suite-'));
  let folder = await onceARun('browser-suite', buildSuite);
  const suite = { respond: (_: IncomingMessage, __: ServerResponse) => false };
  const server = createServer((request, response) => {
    if (suite.respond(request, response)) return;
    void sendFile(folder, new URL(request.url ?? '/', 'http://suite').pathname, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return Object.assign(suite, {
    url: `http://127.0.0.1:${port}`,
    async publish(version: string) {
      const next = join(builds, version);
      await buildSuite(next, version);
      folder = next;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await rm(builds, { recursive: true, force: true });
    },
  });
}

/** Builds into a folder; another version changes the service worker as an app update does. */
async function buildSuite(outDir: string, version = '1'): Promise<void> {
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    define: { __SUITE_VERSION__: JSON.stringify(version) },
    worker: { format: 'es' },
    build: {
      outDir,
      emptyOutDir: true,
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      minify: false,
      reportCompressedSize: false,
      rolldownOptions: {
        treeshake: { moduleSideEffects: (id) => !id.includes('node_modules/@zxing/') },
      },
    },
    plugins: [
      VitePWA({
        strategies: 'injectManifest',
        srcDir: '../../../src/scanner/sw',
        filename: 'sw.ts',
        injectRegister: false,
        manifest: false,
        injectManifest: {
          globPatterns: ['**/*.{js,css,html,wasm}'],
          maximumFileSizeToCacheInBytes: 2_000_000,
          buildPlugins: { vite: [quietWorkerBuild] },
        },
      }),
    ],
  });
}

async function sendFile(folder: string, path: string, response: ServerResponse): Promise<void> {
  const name = path === '/' ? '/index.html' : path;
  try {
    const body = await readFile(join(folder, name));
    response.writeHead(200, {
      'content-type': types[extname(name)] ?? 'application/octet-stream',
      'content-security-policy': policy,
      'cache-control': 'no-cache',
    });
    response.end(body);
  } catch {
    response.writeHead(404).end();
  }
}
