import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { canvasCamera, modulesOf } from '../support/canvas-camera.ts';
import { enrolLink } from '../support/enrol-link.ts';
import { frontOf } from '../support/front.ts';
import { freshPass, runHub } from '../support/running-hub.ts';
import { whenFailed } from '../support/when-failed.ts';
import type { Engine, Start, Tab } from './engine.ts';
import { type Hand, handOf } from './hand.ts';
import {
  canvasInstead,
  cardUp,
  counts,
  givePicture,
  insert,
  keepKeyTimes,
  keepSaved,
  lastFile,
  listens,
  ownCameraFirst,
  seeThrough,
  takeComplaints,
  takeLongestSilence,
  untidy,
} from './in-the-page.ts';

/** Milliseconds between two keys from which on the app may take them for two codes. */
const driverSilence = 400;
/** Milliseconds after which the app judges half a code. */
const afterHalf = 3000;
/** `ENGINE_PICTURES=DIR` keeps a picture of each step. */
const pictures = process.env['ENGINE_PICTURES'];

/** The same shift in every engine: its steps, one test each. */
export function walk(name: string, start: (start: Start) => Promise<Engine>): void {
  /** Its mock cameras have a torch, a zoom and two lenses; the others see a canvas from the start. */
  const ownCamera = name === 'WebKit';
  const scripts = [canvasCamera, `(${keepSaved})();`, `(${keepKeyTimes})();`];
  if (ownCamera) scripts.push(`(${ownCameraFirst})();`);
  let hub: Awaited<ReturnType<typeof runHub>>;
  let front: Awaited<ReturnType<typeof frontOf>>;
  let folder: string;
  let engine: Engine;
  let tab: Tab;
  let hand: Hand;

  async function card(state: string): Promise<void> {
    await hand.see(`section[data-state=${state}]:not([data-deaf])`);
    expect(await tab.run(untidy)).toEqual([]);
  }
  const noCard = () => hand.gone('section[data-state]');
  /** What the camera shows from now on. */
  const holdUp = (text?: string) =>
    tab.run((rows) => window.holdUp(rows), text === undefined ? [] : modulesOf(text));
  /** A scanner that inserts its text whole, into the field that listens for it. */
  async function scan(text: string): Promise<void> {
    await expect.poll(() => tab.run(listens)).toBe(true);
    await tab.run(insert, text);
  }
  /** Codes that came in halves. */
  let halves = 0;
  /**
   * A scanner that presses keys. Where the driver is held up between two of them for longer than the
   * app waits, it was no scanner's doing: what came of it is closed, and it types again.
   */
  async function type(code: string): Promise<void> {
    for (let tries = 0; ; tries++) {
      await expect.poll(() => tab.run(listens)).toBe(true);
      await tab.run(takeLongestSilence);
      await tab.type(`${code}\n`);
      const silence = await tab.run(takeLongestSilence);
      if (silence < driverSilence || tries === 2) return;
      console.log(`${name}: the driver was held up for ${Math.round(silence)} ms`);
      await setTimeout(afterHalf);
      for (let state = await tab.run(cardUp); state; state = await tab.run(cardUp)) {
        for (const name of state === 'stop' ? ['继续扫码'] : ['不放行', '其他原因'])
          await hand.tap(name);
        await noCard();
        halves++;
      }
    }
  }
  const ask = async (question: string) =>
    Number((await hub.sql.query<{ n: number }>(question))[0]?.n);

  async function begin(): Promise<void> {
    engine = await start({ profile: join(folder, 'profile'), scripts });
    await visit();
  }
  async function visit(): Promise<void> {
    tab = await engine.newTab();
    hand = handOf(tab);
    await tab.open(front.url);
  }
  const tell = async () =>
    console.log(
      name,
      'shows',
      await tab.run(() => document.body.textContent),
      await tab.run(seeThrough),
    );
  let step = 0;
  async function keepPicture(): Promise<void> {
    if (pictures === undefined) return;
    await mkdir(pictures, { recursive: true });
    step++;
    await writeFile(join(pictures, `${name}-${step}.png`), await tab.picture());
  }

  beforeAll(async () => {
    hub = await runHub();
    front = await frontOf(hub.url);
    folder = await mkdtemp(join(tmpdir(), 'kakou-engine-'));
    await begin();
    whenFailed.add(tell);
  });
  afterEach(async () => {
    expect(await tab.run(takeComplaints)).toEqual([]);
    await keepPicture();
  });
  afterAll(async () => {
    whenFailed.delete(tell);
    await engine?.close().catch(() => undefined);
    await front?.close();
    await hub?.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  });

  it('begins with an operator’s code and the same six digits', async () => {
    await hand.see('button', /扫描登记码/);
    await keepPicture();
    await scan(await enrolLink({ ...hub, url: front.url }));
    await hand.tap('一样');
    await hand.fill('main input:not([type=file])', '007');
    await keepPicture();
    await hand.tap('上班，开始扫码');
    await hand.see('video');
  });

  if (ownCamera)
    it('turns the lamp of its camera on, brings the picture nearer and changes the lens', async () => {
      const seen = () => tab.run(seeThrough);
      await expect.poll(async () => (await seen()).width).toBeGreaterThan(0);
      const before = await seen();
      expect(before).toMatchObject({ torch: false, facing: 'environment' });
      await hand.tap('补光');
      await expect.poll(async () => (await seen()).torch).toBe(true);
      await hand.tap(/放大/);
      await expect.poll(async () => (await seen()).zoom).toBeGreaterThan(1);
      await keepPicture();
      await hand.tap('换镜头');
      await expect.poll(async () => (await seen()).id).not.toBe(before.id);
      await tab.run(canvasInstead);
      await hand.tap('换镜头');
      await expect.poll(async () => (await seen()).facing).toBeUndefined();
    });

  it('takes the temperature of a good pass and lets it in', async () => {
    await scan(await freshPass());
    await card('check');
    await keepPicture();
    await hand.tap('体温正常');
    await hand.see('section[data-state=pass]');
    await keepPicture();
    await noCard();
  });

  it('hears the keys of a scanner', async () => {
    await type(await freshPass({ issuer: 'CN-HE', state: 'y' }));
    await card('check');
    await hand.tap('不放行');
    await card('check');
    await keepPicture();
    await hand.tap('其他原因');
    await noCard();
  });

  it('closes a red card by its button only', async () => {
    const pass = await freshPass({ state: 'r' });
    await scan(pass.slice(0, 200));
    await card('stop');
    await keepPicture();
    await hand.tap('继续扫码');
    await noCard();
    await scan(pass);
    await card('stop');
    await tab.escape();
    await tab.click(180, 250);
    await card('stop');
    await keepPicture();
    await hand.tap('继续扫码');
    await noCard();
  });

  it('reads a code off the camera’s own stream', async () => {
    await holdUp('https://example.org/menu');
    await card('unknown');
    await holdUp();
    await hand.tap('不放行');
    await card('unknown');
    await hand.tap('其他原因');
    await noCard();
  });

  it('reads a code in a picture', async () => {
    await tab.run(givePicture, modulesOf(await freshPass({ state: 'r' })));
    await card('stop');
    await hand.tap('继续扫码');
    await noCard();
  });

  it('goes on after the page was loaded anew, and in two tabs', async () => {
    await tab.run(async () => void (await navigator.serviceWorker.ready));
    await tab.reload();
    await hand.see('video');
    const second = await engine.newTab();
    await second.open(front.url);
    await handOf(second).see('video');
    await second.close();
    await expect.poll(() => tab.run(counts)).toMatch(/通行\s*1/);
  });

  it('goes on after it was killed and started again without a hub', async () => {
    await front.meet('down');
    await engine.kill();
    await begin();
    await hand.see('video');
    await expect.poll(() => tab.run(counts)).toMatch(/通行\s*1/);
    await scan(await freshPass({ state: 'r' }));
    await card('stop');
    await keepPicture();
    await hand.tap('继续扫码');
    await noCard();
    await front.meet('hub');
  });

  it('checks itself, uploads all, and gives its log out in three formats', async () => {
    await hand.tap('设置');
    await hand.tap('自检');
    for (const what of ['摄像头', '读码', '记录'])
      await hand.see('dialog[open] li', new RegExp(`${what}.*(正常|注意)`));
    await keepPicture();
    await hand.tap('关闭');
    await hand.tap('关闭');
    await hand.tap('本班');
    await hand.tap('立即上传');
    await hand.see('dialog[open] *', /已全部上传，可以交还手机。/);
    await keepPicture();
    for (const [format, end, begins] of [
      ['Excel 表格', 'xlsx', 'PK'],
      ['CSV 表格', 'csv', '.*,'],
      ['签名 JSON', 'json', '{'],
    ] as const) {
      await hand.tap(format);
      await hand.tap(new RegExp(`\\.${end}$`));
      await expect.poll(() => tab.run(lastFile)).toMatch(new RegExp(`\\.${end} ${begins}`));
    }
    expect(await ask("select count(*)::int n from scans where type = 'scan'")).toBe(7 + halves);
  });
}
