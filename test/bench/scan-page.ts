import { mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CDPSession, Page } from 'playwright-core';
import { build, preview } from 'vite';
import { launch } from '../support/chromium.ts';
import { markPx, type Shot, writeFilm } from '../support/fake-camera.ts';
import { startShift } from '../support/phone.ts';
import { freshPass, runHub } from '../support/running-hub.ts';
import { probe } from './scan-probe.ts';
import { stageProbe } from './scan-stages.ts';

/** A site to measure: `begin` brings a blank profile to the point where its camera runs by itself. */
export interface Site {
  readonly name: string;
  readonly url: string;
  begin(page: Page): Promise<void>;
  close(): Promise<void>;
}

export async function ourSite(distDir?: string): Promise<Site> {
  const hub = await runHub(distDir);
  return {
    name: 'kakou',
    url: hub.url,
    close: () => hub.close(),
    async begin(page) {
      await startShift(page);
      await page.evaluate(async () => {
        const { active } = await navigator.serviceWorker.ready;
        while (active && active.state !== 'activated') {
          await new Promise((resolve) => setTimeout(resolve, 50));
        }
      });
    },
  };
}

/** The page in `peer-page/`; `pause` in milliseconds between two looks, its default (500) if left out. */
export async function peerSite(pause?: number): Promise<Site> {
  const root = join(import.meta.dirname, 'peer-page');
  const outDir = await mkdtemp(join(tmpdir(), 'kakou-peer-'));
  const shared = { root, configFile: false, logLevel: 'error' } as const;
  await build({ ...shared, build: { outDir, emptyOutDir: true } });
  const server = await preview({ ...shared, build: { outDir }, preview: { port: 0 } });
  const { port } = server.httpServer.address() as { port: number };
  const name = `@zxing/browser${pause === undefined ? '' : `, pause ${pause} ms`}`;
  return {
    name,
    url: `http://localhost:${port}/${pause === undefined ? '' : `?pause=${pause}`}`,
    begin: async (page) => void (await page.locator('video').waitFor()),
    async close() {
      await server.close();
      await rm(outDir, { recursive: true, force: true });
    },
  };
}

/** So many distinct fresh passes, each shown for `shownFrames`, near and far, with blank frames between. */
export async function freshPasses(count: number, shownFrames = 20): Promise<Shot[]> {
  const sizes = [480, 360, 240];
  const shots: Shot[] = [{ text: undefined, frames: 60 }];
  for (let at = 0; at < count; at++) {
    // stamped a little ahead, within the skew allowed, so that the last one is fresh too
    const shown = { text: await freshPass({}, -25), frames: shownFrames };
    shots.push({ ...shown, codePx: sizes[at % sizes.length] ?? 480 });
    shots.push({ text: undefined, frames: 40 });
  }
  return shots;
}

export interface Visit {
  readonly page: Page;
  readonly cdp: CDPSession;
  /** Opens the page anew before another film, the probe watching the mark or idle. */
  show(
    shots: readonly Shot[],
    options: { throttle: number; watchMark: boolean; syncMs?: number },
  ): Promise<void>;
  /** Ends the browser and opens the site in a new one without a network; gives ms to the first frame. */
  coldStart(throttle: number): Promise<number>;
  close(): Promise<void>;
}

/** A phone-sized Chromium at a site, past its first steps. */
export async function visit(site: Site): Promise<Visit> {
  const folder = await mkdtemp(join(tmpdir(), 'kakou-scan-'));
  const film = join(folder, 'camera.mjpeg');
  const blank: Shot[] = [{ text: undefined, frames: 5 }];
  await writeFilm(film, blank, { marked: true });

  async function open(options: { offline?: boolean; watchMark?: boolean; syncMs?: number } = {}) {
    const { offline = false, watchMark = false, syncMs = 0 } = options;
    const context = await launch({
      fakeVideo: film,
      userDataDir: join(folder, 'profile'),
      context: { viewport: { width: 360, height: 740 }, offline, permissions: ['camera'] },
    });
    // the compiler of this script wraps named functions in a helper the page does not have
    await context.addInitScript('globalThis.__name = (named) => named');
    await context.addInitScript(probe, { watchMark, markPx });
    await context.addInitScript(stageProbe, { syncMs });
    const page = context.pages()[0] ?? (await context.newPage());
    const cdp = await context.newCDPSession(page);
    return { context, page, cdp };
  }
  let now = await open();
  await now.page.goto(site.url);
  await site.begin(now.page);

  return {
    get page() {
      return now.page;
    },
    get cdp() {
      return now.cdp;
    },
    async show(shots, { throttle, watchMark, syncMs = 0 }) {
      await writeFilm(`${film}.next`, shots, { marked: true });
      await rename(`${film}.next`, film);
      await now.context.close();
      now = await open({ watchMark, syncMs });
      await now.page.goto(site.url);
      await now.cdp.send('Emulation.setCPUThrottlingRate', { rate: throttle });
    },
    async coldStart(throttle) {
      await now.context.close();
      now = await open({ offline: true });
      await now.cdp.send('Emulation.setCPUThrottlingRate', { rate: throttle });
      await now.page.goto(site.url);
      const seen = await now.page.waitForFunction(() => window.sightings.firstFrame);
      return (await seen.jsonValue()) ?? Number.NaN;
    },
    async close() {
      await now.context.close();
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
