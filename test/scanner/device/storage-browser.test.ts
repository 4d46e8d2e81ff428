import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkChain } from '../../../src/core/log/chain.ts';
import { emptyHead } from '../../../src/core/log/entry.ts';
import { type SuiteServer, serveSuite } from '../../support/browser-suite.ts';
import { findChromium, launch } from '../../support/chromium.ts';
import { sampleEntry } from '../../support/contracts/log-store.ts';

let server: SuiteServer;
let context: BrowserContext;

beforeAll(async () => {
  server = await serveSuite();
  context = await launch();
});
afterAll(async () => {
  await context?.close();
  await server?.close();
});

async function tab(): Promise<Page> {
  const page = await context.newPage();
  await page.goto(server.url);
  return page;
}

/** Adds entries; the code of the fault where that does not work. */
const add = (page: Page, name: string, ...seqs: number[]) =>
  page.evaluate(
    async ([database, entries]) => {
      try {
        const log = window.kakou.storage.log(database);
        for (const entry of entries) await log.add(entry);
        return 'added';
      } catch (thrown) {
        return (thrown as { code?: string }).code;
      }
    },
    [name, seqs.map((seq) => sampleEntry(seq))] as const,
  );
const read = (page: Page, name: string) =>
  page.evaluate((database) => window.kakou.storage.log(database).read(1, 9999), name);

/** Opens a database at a version with the platform's own API, and keeps it open. */
const hold = (page: Page, name: string, version: number, polite: boolean) =>
  page.evaluate(
    ([database, at, yields]) =>
      new Promise<string>((resolve) => {
        const opening = indexedDB.open(database, at);
        opening.onupgradeneeded = () => {
          if (at > 1) return;
          const entries = opening.result.createObjectStore('entries', { keyPath: 'seq' });
          entries.createIndex('shift', 'shift');
          opening.result.createObjectStore('cursor');
        };
        opening.onsuccess = () => {
          const kept = opening.result;
          Object.assign(window, { kept });
          if (yields) kept.onversionchange = () => kept.close();
          resolve('open');
        };
        opening.onerror = () => resolve(String(opening.error?.name));
      }),
    [name, version, polite] as const,
  );

describe('the log in a real browser', () => {
  test('two tabs writing at once make one whole chain of every entry', async () => {
    const tabs = await Promise.all([tab(), tab()]);
    const writing = tabs.map((page, which) =>
      page.evaluate(async (operator) => {
        const writer = window.kakou.storage.writer('two-tabs');
        const now = { at: 1_646_100_000_000, quality: 'synced' } as never;
        for (let i = 0; i < 40; i++) {
          await writer.append({ type: 'shift-start', operator: `${operator} ${i}` }, now);
        }
      }, which),
    );
    await Promise.all(writing);
    const [first] = tabs;
    const entries = first ? await read(first, 'two-tabs') : [];
    expect(await checkChain(entries, emptyHead)).toMatchObject({ ok: true, value: { seq: 80 } });
    const texts = entries.map((entry) => (entry.type === 'shift-start' ? entry.operator : ''));
    expect(new Set(texts).size).toBe(80);
  });

  test('of two tabs that claim the same codes at the same instant, each code has one winner', async () => {
    const tabs = await Promise.all([tab(), tab()]);
    const codes = Array.from({ length: 60 }, (_, i) => `CN-TJ code-${i}`);
    const claiming = tabs.map((page, which) =>
      page.evaluate(
        // each begins at another end: they meet in the middle, and run at once all the way
        ([keys, backwards]) =>
          window.kakou.storage.claim('two-claims', backwards ? [...keys].reverse() : keys),
        [codes, which === 1] as const,
      ),
    );
    const won = (await Promise.all(claiming)).flat();
    expect(won.sort()).toEqual(codes.sort());
  });

  test('a full disk is a fault named so, nothing written before is lost, and room mends it', async () => {
    const origin = server.url.replace('127.0.0.1', 'localhost');
    const page = await context.newPage();
    const cdp = await context.newCDPSession(page);
    const setQuota = (quotaSize?: number) =>
      cdp.send('Storage.overrideQuotaForOrigin', { origin, ...(quotaSize && { quotaSize }) });
    await setQuota(1_000_000);
    await page.goto(origin);
    const [fault, last] = await page.evaluate(async (sample) => {
      const log = window.kakou.storage.log('full');
      for (let seq = 1; seq < 200; seq++) {
        const big = { ...sample, seq, gate: 'g'.repeat(50_000) };
        const fault = await log.add(big).then(
          () => undefined,
          (thrown: { code: string }) => thrown.code,
        );
        if (fault !== undefined) return [fault, seq] as const;
      }
      return ['none', 0] as const;
    }, sampleEntry(1));
    expect([fault, last > 1]).toEqual(['storage-quota', true]);
    await setQuota();
    expect(await add(page, 'full', last)).toBe('added');
    const seqs = (await read(page, 'full')).map(({ seq }) => seq);
    expect(seqs).toEqual(Array.from({ length: last }, (_, i) => i + 1));
    await page.close();
  });

  test('a database the browser clears under us is opened anew', async () => {
    const page = await tab();
    expect(await add(page, 'kakou-log', 1)).toBe('added');
    await page.evaluate(() => window.kakou.device.log.head());
    const cdp = await context.newCDPSession(page);
    await cdp.send('Storage.clearDataForOrigin', {
      origin: server.url,
      storageTypes: 'indexeddb',
    });
    const added = await page.evaluate(
      (entry) => window.kakou.device.log.add(entry),
      sampleEntry(2),
    );
    expect(added).toEqual({ ok: true });
    expect((await read(page, 'kakou-log')).map(({ seq }) => seq)).toEqual([2]);
  });

  test('makes way for a newer version in another tab, and then says that it cannot write', async () => {
    const [old, newer] = [await tab(), await tab()];
    const adding = (entry: ReturnType<typeof sampleEntry>) =>
      window.kakou.device.log.add(entry).then(
        ({ ok }) => ok,
        (thrown) => (thrown as { code?: string }).code,
      );
    expect(await old.evaluate(adding, sampleEntry(5))).toBe(true);
    expect(await hold(newer, 'kakou-log', 3, true)).toBe('open');
    expect(await old.evaluate(adding, sampleEntry(6))).toBe('storage-unavailable');
  });

  test('written by version 1 keeps every entry, and can be written on', async () => {
    const page = await tab();
    expect(await hold(page, 'from-one', 1, true)).toBe('open');
    await page.evaluate(
      (entry) =>
        new Promise((resolve) => {
          const { kept } = window as unknown as { kept: IDBDatabase };
          const writing = kept.transaction('entries', 'readwrite');
          writing.objectStore('entries').add(entry);
          writing.oncomplete = resolve;
        }),
      sampleEntry(1),
    );
    expect(await add(page, 'from-one', 2)).toBe('added');
    expect(await read(page, 'from-one')).toEqual([sampleEntry(1), sampleEntry(2)]);
  });

  test('held back by an old tab that does not let go is a fault, not a wait for ever, and mends', async () => {
    const old = await tab();
    expect(await hold(old, 'held-back', 1, false)).toBe('open');
    const page = await context.newPage();
    await page.clock.install();
    await page.goto(server.url);
    const adding = add(page, 'held-back', 1);
    await page.clock.runFor(8100);
    expect(await adding).toBe('storage-unavailable');
    await old.close();
    expect(await add(page, 'held-back', 1)).toBe('added');
  });

  test('works in a private window, for as long as that lives', async () => {
    const browser = await chromium.launch({
      executablePath: findChromium(),
      args: ['--no-sandbox', '--disable-gpu'],
    });
    const page = await (await browser.newContext()).newPage();
    await page.goto(server.url);
    expect(await add(page, 'private', 1, 2)).toBe('added');
    expect(await read(page, 'private')).toHaveLength(2);
    await browser.close();
  });
});
