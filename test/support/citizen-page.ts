import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';
import type { Page } from 'playwright-core';
import { acceptTrust, noMarks } from '../../src/core/trust/accept.ts';
import { epochMillis, toSeconds } from '../../src/core/units.ts';
import { verifyPass } from '../../src/core/verify/pipeline.ts';
import { readAll } from '../../src/decoder/decode.ts';
import { loadZxing } from '../../src/decoder/zxing.ts';
import { demoRoutes } from '../../src/demo/demo-routes.ts';
import { demoTrust } from '../../src/demo/demo-trust.ts';

const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
  "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types kakou";

/** The demo issuer and the built citizen page on a free loopback port. */
export async function serveCitizenPage() {
  if (!existsSync('dist/demo/index.html')) throw new Error('run npm run build first');
  let isDown = false;
  const app = new Hono();
  app.use('/demo/*', async (c, next) => {
    c.header('content-security-policy', policy);
    if (isDown && c.req.path === '/demo/pass') return c.text('overloaded', 503);
    return next();
  });
  app.route('/demo', demoRoutes());
  app.use('/demo/*', serveStatic({ root: 'dist' }));
  const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' });
  await new Promise((resolve) => server.once('listening', resolve));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/demo/`,
    setDown(down: boolean) {
      isDown = down;
    },
    close: () => server.close(),
  };
}

/** Reads the pixels of the code on screen, as a camera held straight in front would see them. */
export async function codeReader(): Promise<(page: Page) => Promise<string>> {
  const wasm = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm');
  const read = await loadZxing({ wasmBinary: await readFile(wasm) });
  return async (page) => {
    const { data, width, height } = await page.locator('canvas').evaluate((element) => {
      const canvas = element as HTMLCanvasElement;
      const { width, height } = canvas;
      const pixels = canvas.getContext('2d')?.getImageData(0, 0, width, height).data ?? [];
      // as one string: half a million numbers, one by one, take a second
      let data = '';
      for (const value of pixels) data += String.fromCharCode(value);
      return { data: btoa(data), width, height };
    });
    const pixels = Uint8Array.from(Buffer.from(data, 'base64'));
    return readAll(read, { data: pixels, width, height })[0]?.text ?? '';
  };
}

/** The verdict of a gate in Tianjin that reads the text `ageS` seconds from now. */
export async function verdictOf(text: string, ageS = 0): Promise<string> {
  const at = epochMillis(Date.now() + ageS * 1000);
  const accepted = await acceptTrust(await demoTrust(toSeconds(at)), noMarks);
  const trust = accepted.ok ? accepted.value.view : undefined;
  const place = { id: 'g', venue: 'residential', region: 'CN-TJ' } as const;
  const gate = { ...place, measuredBefore: true } as const;
  const verdict = await verifyPass(text, { now: { at, quality: 'synced' }, trust, gate });
  return `${verdict.state}/${verdict.reason}`;
}
