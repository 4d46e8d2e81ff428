import type { Page } from 'playwright-core';
import { toBase64url } from '../../src/core/base64url.ts';
import { checkChain } from '../../src/core/log/chain.ts';
import { emptyHead } from '../../src/core/log/entry.ts';
import { canonicalJson } from '../../src/core/log/jcs.ts';
import { createPhone, startShift } from '../support/phone.ts';
import { freshPass, runHub } from '../support/running-hub.ts';
import { createDice } from './dice.ts';

interface BrowserResult {
  readonly kills: number;
  readonly presented: number;
  readonly shown: number;
  readonly entries: number;
  readonly wrong: number;
  readonly text: string;
}

/**
 * The built app in a real Chromium against a real hub: its processes are killed at random moments of
 * start, append and sync. What was seen on screen must be in the log once, and in the end at the hub.
 */
export async function runBrowserKills(kills: number, seed: number): Promise<BrowserResult> {
  const dice = createDice(seed);
  const hub = await runHub();
  const phone = await createPhone(hub.url);
  const shown = new Set<string>();
  let presented = 0;
  try {
    await startShift(phone.page());
    await watch(phone.page(), shown);
    for (let n = 0; n < kills; n++) {
      for (let people = dice.whole(6); people > 0; people--, presented++) {
        await scan(phone.page(), await person(), 300 + dice.whole(300));
      }
      presented++;
      await scan(phone.page(), await person(), dice.whole(250));
      await phone.crash({ offline: dice.chance(0.3) });
      if (dice.chance(0.5)) await phone.page().locator('video').waitFor();
      await watch(phone.page(), shown);
    }
    await phone.crash({ offline: false });
    await phone.page().locator('video').waitFor();
    return await compare(hub.sql, phone, { kills, presented, shown });
  } finally {
    await phone.close();
    await hub.close();
  }
}

async function person(): Promise<{ text: string; jti: string }> {
  const jti = crypto.getRandomValues(new Uint8Array(12));
  return { text: await freshPass({ jti }), jti: toBase64url(jti) };
}

/** Tells us of every pass card, as soon as it is on screen, whose code it was. */
async function watch(page: Page, shown: Set<string>): Promise<void> {
  page.on('console', (message) => {
    const [mark, jti] = message.text().split(' ');
    if (mark === 'kakou-shown' && jti) shown.add(jti);
  });
  await page.evaluate(() => {
    let last: Element | null = null;
    new MutationObserver(() => {
      const card = document.querySelector('section[data-state="pass"]');
      const jti = document.documentElement.dataset['presented'];
      if (card && card !== last && jti) console.info(`kakou-shown ${jti}`);
      last = card;
    }).observe(document.body, { childList: true, subtree: true });
  });
}

/** A hardware scanner types the code; then the guard waits. */
async function scan(page: Page, { text, jti }: { text: string; jti: string }, waitMs: number) {
  const type = (typed: { text: string; jti: string }) => {
    document.documentElement.dataset['presented'] = typed.jti;
    for (const key of [...typed.text, 'Enter']) {
      window.dispatchEvent(new KeyboardEvent('keydown', { key, cancelable: true }));
    }
  };
  await page.evaluate(type, { text, jti });
  await page.waitForTimeout(waitMs);
}

async function compare(
  sql: Awaited<ReturnType<typeof runHub>>['sql'],
  phone: Awaited<ReturnType<typeof createPhone>>,
  { kills, presented, shown }: { kills: number; presented: number; shown: ReadonlySet<string> },
): Promise<BrowserResult> {
  const atHub = async () =>
    (await sql.query<{ entry: string }>('select entry from scans order by seq')).map(
      ({ entry }) => entry,
    );
  for (let tries = 0; tries < 100; tries++) {
    if ((await atHub()).length >= (await phone.entries()).length) break;
    await phone.page().waitForTimeout(200);
  }
  const entries = await phone.entries();
  const jtis = entries.flatMap((entry) => (entry.type === 'scan' ? [entry.jti] : []));
  const lost = [...shown].filter((jti) => jtis.filter((one) => one === jti).length !== 1).length;
  const chain = await checkChain(entries, emptyHead);
  const hubTexts = await atHub();
  const isSame =
    hubTexts.length === entries.length &&
    entries.every((entry, i) => canonicalJson(entry) === hubTexts[i]);
  const doubled = jtis.length - new Set(jtis).size;
  const wrong = lost + doubled + (chain.ok ? 0 : 1) + (isSame ? 0 : 1);
  const text = [
    `real Chromium: killed ${kills} times, presented ${presented}, shown ${shown.size}, log entries ${entries.length}`,
    `  ${lost === 0 ? 'ok   ' : 'WRONG'} shown and not in the log just once ${lost}`,
    `  ${doubled === 0 ? 'ok   ' : 'WRONG'} doubled ${doubled}`,
    `  ${chain.ok ? 'ok    chain whole' : `WRONG chain ${chain.error.problem} at ${chain.error.at}`}`,
    `  ${isSame ? 'ok   ' : 'WRONG'} hub has ${hubTexts.length} of ${entries.length}, the same bytes`,
  ].join('\n');
  return { kills, presented, shown: shown.size, entries: entries.length, wrong, text };
}
