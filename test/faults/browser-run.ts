import { inTime } from '../support/in-time.ts';
import { createPhone, startShift } from '../support/phone.ts';
import {
  type Bench,
  type BrowserFault,
  browserFaults,
  inStep,
  people,
  strikeBrowser,
} from './browser-faults.ts';
import { runBrowserHub } from './browser-hub.ts';
import { BrowserWitness } from './browser-witness.ts';
import { createDice } from './dice.ts';
import { firstBreak, sortedJson } from './own-reading.ts';

export interface BrowserResult {
  readonly wrong: Readonly<Record<string, number>>;
  readonly text: string;
}

/**
 * The built app in a real Chromium against a real hub: its processes are killed at random moments of
 * append, upload and purge, its disk is full, its database closed, its build replaced. What was seen
 * on screen must be in the log once, and in the end at the hub.
 */
export async function runBrowser(faults: number, seed: number): Promise<BrowserResult> {
  const dice = createDice(seed);
  const hub = await runBrowserHub();
  const witness = new BrowserWitness(new URL(hub.url).origin);
  const phone = await createPhone(hub.url, { prepare: (page) => witness.prepare(page) });
  const bench: Bench = { hub, phone, witness, dice };
  const counts = new Map<BrowserFault, number>(browserFaults.map((kind) => [kind, 0]));
  let doing = 'the start';
  try {
    const trouble = await live().then(
      () => undefined,
      (thrown: unknown) => `seed ${seed}, ${doing}: ${thrown}`,
    );
    return tell(seed, counts, trouble, await inTime('the last look', 60_000, compare(bench)));
  } finally {
    await phone.close();
    await hub.close();
  }

  async function live(): Promise<void> {
    await startShift(phone.page());
    await inTime(
      'the service worker',
      60_000,
      phone.page().evaluate(async () => void (await navigator.serviceWorker.ready)),
    );
    let deck: BrowserFault[] = [];
    for (let n = 0; n < faults; n++) {
      if (deck.length === 0) deck = [...browserFaults];
      const [kind = 'kill-any-time'] = deck.splice(dice.whole(deck.length), 1);
      doing = `fault ${n}, ${kind}`;
      await people(bench, phone.page());
      const struck = await inTime(doing, 180_000, strikeBrowser(kind, bench));
      if (struck) counts.set(kind, (counts.get(kind) ?? 0) + 1);
      await phone.page().locator('video').waitFor();
      witness.note(await phone.entries());
    }
    doing = 'the end';
    await phone.crash({ offline: false });
    await phone.page().locator('video').waitFor();
    await inStep(bench);
  }
}

async function compare({ hub, phone, witness }: Bench) {
  const held = await phone.entries();
  witness.note(held);
  const written = [...witness.written.values()].sort((a, b) => a.seq - b.seq);
  // a scan that came to no verdict about a pass has no id
  const jtis = written.flatMap((entry) => (entry.type === 'scan' ? (entry.jti ?? []) : []));
  const once = (jti: string) => jtis.filter((one) => one === jti).length === 1;
  const rows = await hub.sql.query<{ entry: string }>('select entry from scans order by seq');
  const texts = written.map(sortedJson);
  return {
    shown: witness.shown.size,
    entries: written.length,
    purged: written.length - held.length,
    firstBreak: firstBreak(written as never),
    wrong: {
      shownNotLogged: [...witness.shown].filter((jti) => !once(jti)).length,
      doubled: jtis.length - new Set(jtis).size,
      brokenChain: firstBreak(written as never) > 0 ? 1 : 0,
      hubDiffers:
        texts.filter((text, i) => rows[i]?.entry !== text).length +
        Math.abs(rows.length - texts.length),
    },
  };
}

function tell(
  seed: number,
  counts: ReadonlyMap<string, number>,
  trouble: string | undefined,
  found: Awaited<ReturnType<typeof compare>>,
): BrowserResult {
  const never = [...counts].filter(([, n]) => n === 0).map(([kind]) => kind);
  const wrong = { unfinished: trouble === undefined ? 0 : 1, ...found.wrong };
  const listed = [...counts].map(([kind, n]) => `${kind} ${n}`).join(', ');
  const lines = [
    `real Chromium, seed ${seed}: shown ${found.shown}, log entries ${found.entries}, purged ${found.purged}, first break ${found.firstBreak}`,
    `  faults: ${listed}`,
    ...(never.length > 0 ? [`  never struck: ${never.join(', ')}`] : []),
    ...(trouble === undefined ? [] : [`  ended early: ${trouble}`]),
    ...Object.entries(wrong).map(([name, n]) => `  ${n === 0 ? 'ok   ' : 'WRONG'} ${name} ${n}`),
  ];
  return { wrong, text: lines.join('\n') };
}
