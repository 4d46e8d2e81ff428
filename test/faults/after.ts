import { execFile } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { calculateJwkThumbprint } from 'jose';
import type { LogEntry } from '../../src/core/log/entry.ts';
import { demoKeys } from '../../src/demo/demo-keys.ts';
import type { Sql } from '../../src/node/database.ts';
import { inTime } from '../support/in-time.ts';
import type { FaultPhone } from './fault-phone.ts';
import type { HubFarm } from './hub-process.ts';
import type { Liar } from './liar.ts';
import { firstBreak, readReceipt, sortedJson } from './own-reading.ts';
import { type CardFindings, lookAtCards } from './shown-cards.ts';
import type { Site } from './site/site.ts';
import { nothingWrong, type SiteWrong } from './site/site-wrong.ts';

/** Numbers of one run; every one in `wrong` must be 0. */
export interface Findings extends CardFindings {
  readonly entries: number;
  readonly purged: number;
  /** Codes that two gates of a site let in, one of them without the hub's word. */
  readonly shownTwice: number;
  readonly wrong: CardFindings['wrong'] &
    Readonly<SiteWrong> & {
      /** The run did not come to its end. */
      readonly unfinished: number;
      /** Phones not sure of their time 10 minutes after a wrong clock or date was mended. */
      readonly unrecovered: number;
      /** Entries that were on disk and are not, or in other words, though nobody purged them. */
      readonly lostOnPhone: number;
      readonly brokenChains: number;
      /** Purges of something no receipt of the hub had covered till then. */
      readonly purgedTooEarly: number;
      /** Sync cursors that no signed receipt about this log bears out. */
      readonly cursorUnproven: number;
      /** Entries without a receipt after everything was healed. */
      readonly unreceipted: number;
      /** Signed exports that `verify-export` does not find whole. */
      readonly exportsBroken: number;
      /** Entries the hub lacks, has in other words, or has too many of. */
      readonly hubDiffers: number;
      readonly quarantined: number;
      /** Logs that the hub's own `verify-log` does not find whole. */
      readonly hubLogsBroken: number;
      /** Two entries at one seq of which the hub did not keep one and put the other away. */
      readonly forksMissed: number;
      /** Hubs that ended by themselves. */
      readonly hubDied: number;
    };
}

export interface Aftermath {
  readonly phones: readonly FaultPhone[];
  readonly site: Site;
  readonly hubs: HubFarm;
  readonly liar: Liar;
}

const noneWrong = {
  ...{
    unfinished: 0,
    unrecovered: 0,
    lostOnPhone: 0,
    brokenChains: 0,
    purgedTooEarly: 0,
    cursorUnproven: 0,
  },
  ...{ unreceipted: 0, exportsBroken: 0, hubDiffers: 0, quarantined: 0, hubLogsBroken: 0 },
  ...{ forksMissed: 0, hubDied: 0 },
  ...nothingWrong,
};

/** Of a run nothing can be said about any more. */
export const nothingFound: Findings = {
  ...lookAtCards([]),
  entries: 0,
  purged: 0,
  shownTwice: 0,
  wrong: { ...lookAtCards([]).wrong, ...noneWrong },
};

export async function lookAfter({ phones: apart, site, hubs, liar }: Aftermath): Promise<Findings> {
  const { sql, verifyLog } = await inTime('the last look', 180_000, hubs.inspect());
  const phones = [...apart, ...site.phones];
  const cards = lookAtCards(phones.map(({ witness }) => witness));
  const together = await site.lookAfter(sql);
  const wrong = {
    ...cards.wrong,
    ...noneWrong,
    ...together.wrong,
    ...{ forksMissed: await liar.misses(sql), hubDied: hubs.deaths().length },
  };
  const said: string[] = [];
  let known = 0;
  for (const phone of phones) {
    const { witness, disk } = phone;
    const written = [...witness.written.values()].sort((a, b) => a.seq - b.seq);
    const device = written[0]?.device ?? '';
    const broken = firstBreak(written as never);
    wrong.brokenChains += broken > 0 ? 1 : 0;
    wrong.purgedTooEarly += witness.purgedTooEarly;
    wrong.unreceipted += await phone.unsynced();
    wrong.cursorUnproven += await cursorProblem(phone, device);
    const held = await disk.log.read(1, 1_000_000);
    wrong.lostOnPhone += differing(held, written.slice(witness.purgedThrough));
    const rows = await atHub(sql, device);
    known += rows.length;
    wrong.hubDiffers += differing(rows, written);
    wrong.quarantined += await countOf(sql, 'quarantine where device = $1', device);
    wrong.hubLogsBroken += isWhole(verifyLog.said, device, written.length) ? 0 : 1;
    const trouble = await exportTrouble(phone);
    wrong.exportsBroken += trouble === undefined ? 0 : 1;
    if (trouble !== undefined) said.push(`an export is not whole: ${trouble}`);
  }
  // of devices nobody holds there may be no entry: an enrolment whose answer was lost has none
  wrong.hubDiffers += (await countOf(sql, 'scans where device <> $1', liar.device)) - known;
  const sum = (of: (phone: FaultPhone) => number) =>
    phones.reduce((total, phone) => total + of(phone), 0);
  const deaths = hubs.deaths().map((said) => `a hub ended by itself: ${said}`);
  return {
    ...cards,
    strange: [...cards.strange, ...together.strange, ...deaths, ...said],
    shownTwice: together.shownTwice,
    entries: sum(({ witness }) => witness.written.size),
    purged: sum(({ witness }) => witness.purgedThrough),
    wrong,
  };
}

/** How many of two sides' entries are not on the other, byte for byte. */
function differing(ones: readonly (LogEntry | string)[], others: readonly LogEntry[]): number {
  const text = (entry: LogEntry | string) =>
    typeof entry === 'string' ? entry : sortedJson(entry);
  const left = new Set(ones.map(text));
  const right = new Set(others.map(text));
  const missing = [...left].filter((one) => !right.has(one)).length;
  const extra = [...right].filter((one) => !left.has(one)).length;
  return Math.max(missing + extra, Math.abs(ones.length - others.length));
}

async function atHub(sql: Sql, device: string): Promise<string[]> {
  const rows = await sql.query<{ entry: string }>(
    'select entry from scans where device = $1 order by seq',
    [device],
  );
  return rows.map(({ entry }) => entry);
}

async function countOf(sql: Sql, where: string, device: string): Promise<number> {
  const [row] = await sql.query<{ n: number }>(`select count(*)::int as n from ${where}`, [device]);
  return row?.n ?? 0;
}

/** What the operator's command says of a device. */
const isWhole = (said: string, device: string, entries: number): boolean =>
  said.split('\n').some((line) => {
    const isIts = line.includes(`${device}  ${entries} entries  0 in quarantine  to ${entries}  `);
    return isIts && line.endsWith('whole');
  });

async function cursorProblem({ disk, witness }: FaultPhone, device: string): Promise<number> {
  const cursor = await disk.log.cursor();
  if (!cursor) return 0;
  const said = readReceipt(cursor.receipt, demoKeys().receipt.jwk);
  const isProof = said?.device === device && said.seq === cursor.seq && said.head === cursor.head;
  return isProof && witness.written.get(cursor.seq)?.hash === cursor.head ? 0 : 1;
}

/** What `verify-export` says against the phone's last export, held to the key it enrolled with. */
async function exportTrouble({ exported, disk }: FaultPhone): Promise<string | undefined> {
  const last = exported.at(-1);
  const enrolment = await disk.device.enrolment();
  if (!last || !enrolment) return 'there is none';
  const file = join(tmpdir(), `kakou-export-${enrolment.device}.json`);
  writeFileSync(file, last.bytes as Uint8Array);
  const key = await calculateJwkThumbprint(enrolment.publicJwk);
  const args = ['--import', 'tsx', 'src/cli/verify-export.ts', file, '--demo', '--key', key];
  try {
    return await new Promise((resolve) =>
      execFile(process.execPath, args, { timeout: 60_000 }, (error, stdout, stderr) =>
        // 2: nothing is wrong; a phone that never got a receipt proves nothing by its file
        resolve(
          error && error.code !== 2
            ? `${error.code ?? error.signal} ${stdout} ${stderr}`
            : undefined,
        ),
      ),
    );
  } finally {
    rmSync(file);
  }
}
