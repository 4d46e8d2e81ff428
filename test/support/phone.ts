import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import type { LogEntry } from '../../src/core/log/entry.ts';
import type { SyncCursor } from '../../src/scanner/app/stores.ts';
import { launch } from './chromium.ts';
import { type Shot, writeSlowFilm } from './fake-camera.ts';
import { inTime } from './in-time.ts';
import { whenFailed } from './when-failed.ts';

export type Phone = Awaited<ReturnType<typeof createPhone>>;

/** A phone-sized real Chromium with its own profile and a camera that plays a film we can change. */
export async function createPhone(
  url: string,
  {
    locale = 'zh-CN',
    prepare = async (_page: Page): Promise<unknown> => undefined,
    film: shots = [{ text: undefined, frames: 5 }] as readonly Shot[],
  } = {},
) {
  const folder = await mkdtemp(join(tmpdir(), 'kakou-phone-'));
  const film = join(folder, 'camera.y4m');
  const complaints: string[] = [];
  const strangers: string[] = [];
  await writeSlowFilm(film, shots);

  async function open(offline: boolean): Promise<{ context: BrowserContext; page: Page }> {
    const context = await launch({
      fakeVideo: film,
      userDataDir: join(folder, 'profile'),
      context: { viewport: { width: 360, height: 740 }, locale, offline, permissions: ['camera'] },
    });
    const page = context.pages()[0] ?? (await context.newPage());
    page.on('console', (message) => {
      const { url: at } = message.location();
      // asking for the next root and being offline are part of the job
      const isExpected =
        /\/v1\/root\/\d+$/.test(at) || /ERR_INTERNET_DISCONNECTED/.test(message.text());
      if (message.type() === 'error' && !isExpected) complaints.push(`${message.text()} ${at}`);
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('request', (request) => {
      if (!/^(data|blob):/.test(request.url()) && !request.url().startsWith(url)) {
        strangers.push(request.url());
      }
    });
    await prepare(page);
    await page.goto(url);
    return { context, page };
  }

  let now = await open(false);
  const tell = async () => {
    const body = now.page.locator('body');
    console.log('the phone shows', await body.ariaSnapshot({ timeout: 5000 }).catch(String));
  };
  whenFailed.add(tell);
  return {
    /** Errors on the console and requests to another origin so far: both must stay empty. */
    complaints,
    strangers,
    page: () => now.page,
    /** What the camera sees from the next start of the page on. */
    async film(shots: readonly Shot[]) {
      await writeSlowFilm(`${film}.next`, shots);
      await rename(`${film}.next`, film);
    },
    setOffline: (offline: boolean) => now.context.setOffline(offline),
    /** Pulls the plug: the browser's processes are killed, then it is opened anew. */
    async crash({ offline }: { offline: boolean }) {
      killBrowser(join(folder, 'profile'));
      await inTime('a killed browser to end', 20_000, now.context.close()).catch(() => undefined);
      now = await open(offline);
    },
    entries: () => readStore<LogEntry>(now.page, 'entries'),
    /** The last receipt of the hub, as stored. */
    cursor: async () => (await readStore<SyncCursor>(now.page, 'cursor'))[0],
    async close() {
      whenFailed.delete(tell);
      await inTime('the browser to close', 20_000, now.context.close()).catch(() => undefined);
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** From a blank phone to a running shift at the demo gate, by the taps a guard makes. */
export async function startShift(page: Page): Promise<void> {
  await page.getByRole('button', { name: /体验演示卡口|Try the demo gate/ }).click();
  await page.getByText(/^(热成像|熱像儀|Thermal camera)$/).click();
  await page.getByRole('textbox').fill('007');
  await page.locator('button[type=submit]').click();
  await page.locator('video').waitFor();
}

/** The verdict card on screen, its state and its words, in one look: a green one soon goes by itself. */
export function verdictOn(page: Page): Promise<{ state: string; text: string }> {
  const seen = page.evaluate(
    () =>
      new Promise<{ state: string; text: string }>((done) => {
        const look = () => {
          const card = document.querySelector<HTMLElement>('section[data-state]');
          const state = card?.checkVisibility() ? card.dataset['state'] : undefined;
          if (state === undefined) setTimeout(look, 50);
          else done({ state, text: card?.textContent ?? '' });
        };
        look();
      }),
  );
  return inTime('a verdict card', 60_000, seen);
}

/** Ends the browser that runs on this profile, and only that, with no time to tidy up. */
function killBrowser(profile: string): void {
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    const words = commandLine(name);
    const isOurs = words.includes(`--user-data-dir=${profile}`);
    if (isOurs && !words.some((word) => word.startsWith('--type='))) {
      process.kill(Number(name), 'SIGKILL');
    }
  }
}

function commandLine(pid: string): string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
  } catch {
    return []; // it ended while we looked
  }
}

/** A store of the log's database, whole, read with the platform's own API. */
function readStore<T>(page: Page, store: 'entries' | 'cursor'): Promise<T[]> {
  const read = page.evaluate(
    (name) =>
      new Promise<T[]>((resolve, reject) => {
        const opening = indexedDB.open('kakou-log');
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const db = opening.result;
          const all = db.transaction(name).objectStore(name).getAll();
          all.onsuccess = () => {
            db.close();
            resolve(all.result as T[]);
          };
          all.onerror = () => reject(all.error);
        };
      }),
    store,
  );
  return inTime('reading the log in the browser', 30_000, read);
}
