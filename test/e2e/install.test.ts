import { existsSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPhone, type Phone } from '../support/phone.ts';
import { runHub } from '../support/running-hub.ts';

const built = join(import.meta.dirname, '..', '..', 'dist');
let hub: Awaited<ReturnType<typeof runHub>>;
let phone: Phone;

beforeAll(async () => {
  hub = await runHub();
  phone = await createPhone(hub.url);
  await phone.page().evaluate(() => navigator.serviceWorker.ready);
});
afterAll(async () => {
  await phone?.close();
  await hub?.close();
});

const browser = async () => phone.page().context().newCDPSession(phone.page());

interface Manifest {
  readonly icons: readonly { src: string; sizes: string }[];
  readonly screenshots: readonly { src: string; sizes: string }[];
}
const manifest = async () => {
  const { errors, data = '{}' } = await (await browser()).send('Page.getAppManifest');
  return { errors, ...(JSON.parse(data) as Manifest) };
};

describe('on the home screen', () => {
  it('the browser has nothing against installing it', async () => {
    const { installabilityErrors } = await (await browser()).send('Page.getInstallabilityErrors');
    // a profile of a test counts as a private window, and as nothing else
    const ours = installabilityErrors.filter(({ errorId }) => errorId !== 'in-incognito');
    expect(ours).toEqual([]);
  });

  it('the manifest has no error, and its icons and pictures are there in the sizes it says', async () => {
    const { errors, icons, screenshots } = await manifest();
    expect(errors).toEqual([]);
    for (const { src, sizes } of [...icons, ...screenshots]) {
      const file = join(built, src);
      expect([src, existsSync(file)]).toEqual([src, true]);
      const { width, height } = await sharp(file).metadata();
      expect([src, `${width}x${height}`]).toEqual([src, sizes]);
    }
    expect(screenshots.length).toBeGreaterThan(2);
  });

  it('nothing on the first screen moves once it is drawn', async () => {
    await phone.page().reload();
    await phone.page().getByRole('heading').first().waitFor();
    const shift = await phone.page().evaluate(
      () =>
        new Promise<number>((resolve) => {
          let sum = 0;
          new PerformanceObserver((list) => {
            for (const entry of list.getEntries()) sum += Reflect.get(entry, 'value') as number;
          }).observe({ type: 'layout-shift', buffered: true });
          setTimeout(() => resolve(sum), 500);
        }),
    );
    expect(shift).toBeLessThan(0.1);
  });
});
