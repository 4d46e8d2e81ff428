import { afterAll, beforeAll, expect, it } from 'vitest';
import { enrolLink } from '../support/enrol-link.ts';
import { createPhone, type Phone, verdictOn } from '../support/phone.ts';
import { freshPass, runHub } from '../support/running-hub.ts';
import { insertScan } from '../support/scanner-keys.ts';

let hub: Awaited<ReturnType<typeof runHub>>;
let phone: Phone;

beforeAll(async () => {
  hub = await runHub();
  phone = await createPhone(hub.url, {
    async prepare(page) {
      // this Chromium made as old as the oldest that is let in, as far as the page goes
      await page.addInitScript(() => {
        const lacks = (from: object, ...names: string[]) => {
          for (const name of names) Reflect.deleteProperty(from, name);
        };
        const lists = [Array.prototype, Object.getPrototypeOf(Uint8Array.prototype)];
        for (const list of lists)
          lacks(
            list,
            'at',
            'findLast',
            'findLastIndex',
            'toSorted',
            'toReversed',
            'with',
            'toSpliced',
          );
        lacks(String.prototype, 'at', 'isWellFormed', 'toWellFormed');
        lacks(Object, 'hasOwn', 'groupBy');
        lacks(URL, 'canParse', 'parse');
        lacks(AbortSignal, 'any', 'timeout');
        lacks(Promise, 'withResolvers', 'try');
        lacks(globalThis, 'structuredClone', 'Iterator', 'scheduler', 'VideoFrame');
        lacks(globalThis, 'CompressionStream', 'DecompressionStream'); // a list of revocations is packed
        lacks(Set.prototype, 'union', 'intersection', 'difference', 'isSubsetOf');
        lacks(crypto, 'randomUUID');
      });
    },
  });
});
afterAll(async () => {
  await phone?.close();
  await hub?.close();
});

it('on the oldest browser a code enrols, a pass is judged, and the shift goes up', async () => {
  const page = phone.page();
  await page.getByRole('button', { name: /扫描登记码/ }).waitFor();
  await page.locator('body > input').waitFor({ state: 'attached' }); // it listens
  const same = page.getByRole('button', { name: '一样', exact: true });
  await insertScan(page, await enrolLink(hub));
  await same.click();
  await page.getByRole('textbox').fill('007');
  await page.locator('button[type=submit]').click();
  await page.locator('video').waitFor();
  await insertScan(page, await freshPass());
  const card = await verdictOn(page);
  expect(card.text).toContain('测温');
  await page.getByRole('button', { name: '体温正常' }).click();
  await page.locator('section[data-state=pass]').waitFor();
  await page.locator('section[data-state=pass]').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: '本班', exact: true }).click();
  await page.getByRole('button', { name: '立即上传' }).click();
  await page.getByText('已全部上传，可以交还手机。').waitFor();
  const scans = await hub.sql.query("select 1 from scans where type = 'scan'");
  expect(scans).toHaveLength(1);
  expect(phone.complaints).toEqual([]);
});
