/**
 * What each job at a gate costs the guard, in taps and in seconds, in a real Chromium:
 *   npm run bench:jobs -- [--times 5] [--json FILE]
 * At a gate whose rule asks for everybody’s temperature after the code. Seconds are from the code in view, or
 * the first tap, to the word on the phone's disk and the way free for the next; a script taps as soon
 * as the button takes it, so they are what the app takes and not the hand. Typed letters count as taps.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { giveCanvasCamera, holdUp } from '../support/canvas-camera.ts';
import { enrolLink } from '../support/enrol-link.ts';
import { frame } from '../support/fake-camera.ts';
import { createPhone } from '../support/phone.ts';
import { freshPass, runHub } from '../support/running-hub.ts';

const { values } = parseArgs({
  options: { times: { type: 'string', default: '5' }, json: { type: 'string' } },
});
const times = Number(values.times);

const hub = await runHub();
const phone = await createPhone(hub.url, { prepare: giveCanvasCamera });
const page = phone.page();
page.setDefaultTimeout(15_000);
let taps = 0;

const card = page.locator('section[data-state]');
/** Taps the topmost that begins with these words until it is gone: a card takes no tap in its first moment. */
async function tap(...names: readonly string[]): Promise<void> {
  for (const name of names) {
    const told = new RegExp(`^\\s*${name}`);
    const button = page.getByRole('button', { name: told }).last();
    const choice = page.getByText(told).last();
    taps++;
    if ((await card.count()) === 0) {
      await button.or(choice).last().click();
      continue;
    }
    do {
      await button.click({ timeout: 1000 }).catch(() => undefined);
      await page.waitForTimeout(50);
    } while (await button.isVisible());
  }
}
async function type(text: string): Promise<void> {
  await page.getByRole('textbox').last().fill(text);
  taps += text.length;
}
async function end(...names: readonly string[]): Promise<void> {
  await tap(...names);
  await card.waitFor({ state: 'detached' });
}
const word = async (words: number) => {
  while ((await phone.entries()).filter(({ type: kind }) => kind !== 'clock').length < words) {
    await page.waitForTimeout(20);
  }
};

interface Job {
  readonly what: string;
  /** The code somebody holds up. */
  readonly code?: () => Promise<string>;
  /** Entries it leaves. */
  readonly entries: number;
  does(): Promise<void>;
}

const jobs: readonly Job[] = [
  {
    what: 'green, temperature normal',
    code: () => freshPass(),
    entries: 2,
    does: () => end('体温正常'),
  },
  {
    what: 'green, warm: refused',
    code: () => freshPass(),
    entries: 2,
    does: () => end('体温异常', '继续扫码'),
  },
  {
    what: 'yellow: refused with its reason',
    code: () => freshPass({ issuer: 'CN-HE', state: 'y' }),
    entries: 2,
    does: () => end('不放行', '没有证件'),
  },
  {
    what: 'relative’s code, temperature normal: let in',
    code: () => freshPass({ relative: true }),
    entries: 2,
    does: () => end('放行', '体温正常'),
  },
  {
    what: 'screenshot: refused',
    code: () => freshPass({}, 300),
    entries: 1,
    does: () => end('继续扫码'),
  },
  {
    what: 'no code: let in by hand, with a temperature',
    entries: 1,
    does: async () => {
      await tap('手工登记', '老人', '体温正常', '放行');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
    },
  },
  {
    what: 'a mistake put right afterwards',
    entries: 1,
    async does() {
      await page.getByRole('button', { name: '最近的结果' }).click();
      taps++;
      await page.getByRole('dialog').getByRole('listitem').getByRole('button').first().click();
      taps++;
      const to = page.getByRole('button', { name: /^改为/ });
      await to.click();
      taps++;
      const why = page.getByRole('button', { name: '没有证件' });
      if (await why.isVisible()) await tap('没有证件');
      await page.getByText('已改，前后都有记录。').waitFor();
      await page.getByRole('button', { name: '关闭' }).click();
      taps++;
      await page.getByRole('dialog').waitFor({ state: 'detached' });
    },
  },
];

async function measure({ what, code, entries, does }: Job) {
  const each: { readonly seconds: number; readonly taps: number }[] = [];
  for (let time = 0; time < times; time++) {
    const before = (await phone.entries()).filter(({ type: kind }) => kind !== 'clock').length;
    const text = await code?.();
    taps = 0;
    const from = performance.now();
    if (text !== undefined) {
      await holdUp(page, text);
      await card.waitFor();
      await holdUp(page);
    }
    await does();
    await word(before + entries);
    each.push({ seconds: (performance.now() - from) / 1000, taps });
    await page.waitForTimeout(500);
  }
  const middle = each.toSorted((a, b) => a.seconds - b.seconds)[Math.floor(times / 2)];
  return { job: what, taps: middle?.taps, seconds: Number(middle?.seconds.toFixed(1)) };
}

try {
  const buffer = await (await frame(await enrolLink(hub))).png().toBuffer();
  const file = { name: 'code.png', mimeType: 'image/png', buffer };
  await page.locator('input[type=file]').setInputFiles(file);
  await page.getByRole('button', { name: '一样', exact: true }).click();
  await type('0712');
  await page.locator('button[type=submit]').click();
  await page.locator('video').waitFor();
  await page.waitForTimeout(1500);
  const rows = [];
  for (const job of jobs) {
    const row = await measure(job);
    rows.push(row);
    console.log(row);
  }
  console.table(rows);
  if (values.json !== undefined) writeFileSync(values.json, JSON.stringify(rows, null, 2));
} finally {
  await phone.close();
  await hub.close();
}
