import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { frame, seeThrough } from '../support/fake-camera.ts';
import { createPhone, type Phone, startShift, verdictOn } from '../support/phone.ts';
import { freshPass, runHub } from '../support/running-hub.ts';

let hub: Awaited<ReturnType<typeof runHub>>;
let phone: Phone;

beforeAll(async () => {
  hub = await runHub();
  phone = await createPhone(hub.url);
  await startShift(phone.page());
});
afterAll(async () => {
  await phone?.close();
  await hub?.close();
});

const page = () => phone.page();
const scans = async () => (await phone.entries()).filter((entry) => entry.type === 'scan');

/** A wide picture with one code on the left and one on the right. */
async function twoCodes(left: string, right: string): Promise<Buffer> {
  const codes = await Promise.all(
    [left, right].map(async (text) =>
      (await frame(text, { width: 600, height: 600, codePx: 500 })).png().toBuffer(),
    ),
  );
  const wall = sharp({ create: { width: 1600, height: 700, channels: 3, background: '#778' } });
  return wall
    .composite(codes.map((input, place) => ({ input, left: 50 + 850 * place, top: 50 })))
    .jpeg()
    .toBuffer();
}

describe('a picture with two codes', () => {
  it('is chosen from by keyboard, and exactly the chosen code is judged', async () => {
    const buffer = await twoCodes(
      await freshPass(),
      await freshPass({ issuer: 'CN-HE', state: 'y' }),
    );
    const picture = { name: 'two.jpg', mimeType: 'image/jpeg', buffer };
    await page().locator('nav input[type=file]').setInputFiles(picture);
    const sheet = page().getByRole('dialog');
    await sheet.locator('img').waitFor();
    await expect.poll(() => sheet.locator('polygon').count()).toBe(2);
    for (const button of await sheet.getByRole('listitem').getByRole('button').all()) {
      const { width, height } = (await button.boundingBox()) ?? { width: 0, height: 0 };
      expect(Math.min(width, height)).toBeGreaterThanOrEqual(60);
    }
    const right = sheet.getByRole('button', { name: /右边/ });
    for (let presses = 0; presses < 8; presses++) {
      await page().keyboard.press('Tab');
      if (await right.evaluate((button) => button === document.activeElement)) break;
    }
    await page().waitForTimeout(200); // keys too fast are a hardware scanner's
    await page().keyboard.press('Enter');
    expect((await verdictOn(page())).state).toBe('check');
    expect(await scans()).toMatchObject([{ reason: 'colour-caution', method: 'picture' }]);
    await expect.poll(() => page().getByRole('dialog').count()).toBe(0);
  });

  it('outlines each code where it is on the picture shown', async () => {
    await page().waitForTimeout(400); // a card is deaf for a moment
    await page().getByRole('button', { name: '不放行' }).click();
    await page().getByRole('button', { name: '其他原因' }).click();
    await page().locator('section[data-state]').waitFor({ state: 'detached' });
    const picture = {
      name: 'two.jpg',
      mimeType: 'image/jpeg',
      buffer: await twoCodes('one', 'two'),
    };
    await page().locator('nav input[type=file]').setInputFiles(picture);
    const sheet = page().getByRole('dialog');
    await sheet.locator('img').waitFor();
    const shown = await sheet.locator('img').boundingBox();
    const boxes = await Promise.all(
      (await sheet.locator('polygon').all()).map((outline) => outline.boundingBox()),
    );
    const middles = boxes
      .map((box) => ((box?.x ?? 0) + (box?.width ?? 0) / 2 - (shown?.x ?? 0)) / (shown?.width ?? 1))
      .sort();
    expect(middles[0]).toBeCloseTo(350 / 1600, 1);
    expect(middles[1]).toBeCloseTo(1200 / 1600, 1);
    await page().keyboard.press('Escape');
    await expect.poll(() => page().getByRole('dialog').count()).toBe(0);
    expect(await scans()).toHaveLength(1);
  });
});

describe('a picture after a picture', () => {
  it("is judged alone: another's red code on nothing never shows the first one's green pass", async () => {
    const send = (name: string, buffer: Buffer) =>
      page().locator('nav input[type=file]').setInputFiles({ name, mimeType: 'image/png', buffer });
    const green = await frame(await freshPass());
    await send('green.png', await green.png().toBuffer());
    expect((await verdictOn(page())).state).toBe('pass');
    const red = await freshPass({ state: 'r', relative: true });
    await send('red.png', await seeThrough(red, 'dark', [200, 30, 30]));
    const card = page().locator('section[data-state=stop]');
    await card.waitFor();
    expect(await card.textContent()).not.toContain('张*三');
    expect((await scans()).at(-1)).toMatchObject({ state: 'stop', reason: 'colour-stop' });
    await page().waitForTimeout(500); // a card is deaf for a moment
    await page().getByRole('button', { name: '继续扫码' }).click();
    await page().locator('section[data-state]').waitFor({ state: 'detached' });
  });
});

describe('a file that leads to nothing', () => {
  it.each(['picked', 'dropped', 'pasted'] as const)(
    'is answered alike when it is %s: what is wrong and what to do',
    async (way) => {
      const answer = page().locator('section p[role=status]').filter({ hasText: '截屏' });
      if (way === 'picked') {
        const buffer = Buffer.from('%PDF-1.7');
        await page()
          .locator('nav input[type=file]')
          .setInputFiles({ name: 'code.pdf', mimeType: 'application/pdf', buffer });
      } else {
        await page().evaluate((kind) => {
          const data = new DataTransfer();
          data.items.add(new File(['%PDF-1.7'], 'code.pdf', { type: 'application/pdf' }));
          const how = { bubbles: true, cancelable: true };
          const event =
            kind === 'pasted'
              ? new ClipboardEvent('paste', { ...how, clipboardData: data })
              : new DragEvent('drop', { ...how, dataTransfer: data });
          document.body.dispatchEvent(event);
        }, way);
      }
      await answer.waitFor();
      expect(await answer.textContent()).toContain('这个文件打不开');
      await page().reload();
      await page().locator('video').waitFor();
    },
  );
});

describe('turning the phone', () => {
  it('keeps the same camera stream, and a code is read lying down', async () => {
    await phone.film([{ text: await freshPass(), frames: 30 }]);
    await page().setViewportSize({ width: 740, height: 360 });
    await page().reload();
    expect((await verdictOn(page())).state).toBe('pass');
    const stream = () =>
      page().evaluate(() => {
        const source = document.querySelector('video')?.srcObject;
        return source instanceof MediaStream ? source.id : undefined;
      });
    const before = await stream();
    expect(before).toBeDefined();
    await page().setViewportSize({ width: 360, height: 740 });
    await page().waitForTimeout(500);
    expect(await stream()).toBe(before);
    const moves = () => page().evaluate(() => document.querySelector('video')?.currentTime ?? 0);
    const at = await moves();
    await expect.poll(moves).toBeGreaterThan(at);
  });
});

describe('all this', () => {
  it('caused no complaint of the browser and no request to another origin', () => {
    expect(phone.complaints).toEqual([]);
    expect(phone.strangers).toEqual([]);
  });
});
