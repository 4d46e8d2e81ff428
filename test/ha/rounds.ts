import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDice, type Dice } from '../faults/dice.ts';
import { createHub, hubCommand } from '../faults/hub-child.ts';
import { until } from '../support/in-time.ts';
import { type Cluster, startCluster, type Way } from './cluster.ts';
import { type FaultKind, faultKinds, faults, type Told } from './faults.ts';
import type { DatabaseNode } from './node.ts';
import { type Answer, type Phone, startPhones } from './phones.ts';

export interface HaRun {
  readonly seed: number;
  readonly kills: number;
  readonly way: Way;
  readonly only?: readonly FaultKind[];
  readonly tell: (row: Row) => void;
}

/** One fault; times in seconds. */
export interface Row {
  readonly kind: FaultKind;
  /** From the fault until a server took over (or was back). */
  readonly promoted?: number;
  /** From then until the first receipt for something sent since. */
  readonly answered?: number;
  /** The longest time without a receipt for any phone. */
  readonly without: number;
  readonly receipts: number;
  readonly unavailable: number;
  readonly longestAnswer: number;
  readonly receipted: number;
  readonly lost: number;
  readonly wrong: readonly string[];
}

export interface HaResult {
  readonly rows: readonly Row[];
  /** Of the whole run. */
  readonly wrong: readonly string[];
}

const phones = 6;
const wholeMs = 180_000;
const answeredLimitS = 30;

/** Kinds in an order of the seed, each once before any comes again. */
function plan(dice: Dice, kills: number, kinds: readonly FaultKind[]): FaultKind[] {
  const planned: FaultKind[] = [];
  while (planned.length < kills) {
    const left = [...kinds];
    while (left.length > 0) planned.push(...left.splice(dice.whole(left.length), 1));
  }
  return planned.slice(0, kills);
}

/** Two hubs and their phones over a database of two machines, to which one thing after another happens. */
export async function runHa({ seed, kills, way, only, tell }: HaRun): Promise<HaResult> {
  const dice = createDice(seed);
  const planned = plan(dice, kills, only ?? faultKinds);
  const folder = mkdtempSync(join(tmpdir(), 'kakou-ha-hubs-'));
  const cluster = await startCluster(way);
  const place = { folder, url: cluster.url };
  const hubs = await Promise.all([createHub(place, () => 0), createHub(place, () => 0)]);
  try {
    for (const hub of hubs) await hub.start();
    const load = await startPhones(
      hubs.map(({ origin }) => origin),
      phones,
      dice,
    );
    const rows: Row[] = [];
    for (const kind of planned) {
      const row = await strike(kind, cluster, load);
      tell(row);
      rows.push(row);
    }
    await load.stop();
    const deaths = hubs.flatMap(({ deaths }) => deaths).map((said) => `a hub ended: ${said}`);
    const verified = await hubCommand(place, 0, ['verify-log', '--demo', '--data', folder]);
    return { rows, wrong: verified.ok ? deaths : [...deaths, verified.said] };
  } catch (error) {
    const deaths = hubs.flatMap((hub) => hub.deaths);
    throw new Error([cluster.said(), ...deaths].join('\n'), { cause: error });
  } finally {
    for (const hub of hubs) await hub.stop();
    await cluster.close();
    await rm(folder, { recursive: true, force: true });
  }
}

type Load = Awaited<ReturnType<typeof startPhones>>;

async function strike(kind: FaultKind, cluster: Cluster, load: Load): Promise<Row> {
  await until('a whole database', wholeMs, cluster.isWhole, 300);
  const [primary, standby] = await cluster.primary();
  const before = load.answers.length;
  const at = performance.now();
  const served = () => receiptAfter(load.answers, performance.now());
  const { nodes, etcd } = cluster;
  const told: Told = await faults[kind]({ nodes, etcd, primary, standby, served });
  await until(`a whole database after ${kind}`, wholeMs, cluster.isWhole, 300);
  await served();
  const answers = load.answers.slice(before);
  const [now] = await cluster.primary();
  return { kind, ...times(at, told, answers), ...(await audit(now, load.phones, told, answers)) };
}

const receiptAfter = (answers: readonly Answer[], at: number): Promise<void> =>
  until('a receipt', 90_000, async () => firstReceipt(answers, at) !== undefined, 50);

const firstReceipt = (answers: readonly Answer[], at: number) =>
  answers.find(({ kind, sentAt }) => kind === 'receipt' && sentAt > at);

const seconds = (ms: number): number => Math.round(ms / 100) / 10;

function times(at: number, { promotedAt }: Told, answers: readonly Answer[]) {
  const receipts = answers.filter(({ kind }) => kind === 'receipt').map((answer) => answer.at);
  const gaps = receipts.map((one, i) => one - (receipts[i - 1] ?? at));
  const first = promotedAt === undefined ? undefined : firstReceipt(answers, promotedAt);
  return {
    ...(promotedAt !== undefined && { promoted: seconds(promotedAt - at) }),
    ...(promotedAt !== undefined && first && { answered: seconds(first.at - promotedAt) }),
    without: seconds(Math.max(...gaps, 0)),
    receipts: receipts.length,
    unavailable: answers.filter(({ kind }) => kind === 'unavailable').length,
    longestAnswer: seconds(Math.max(...answers.map(({ sentAt, at: end }) => end - sentAt), 0)),
  };
}

/** Every entry that a phone holds a receipt for is in the database that is the primary now. */
async function audit(
  node: DatabaseNode,
  phonesNow: readonly Phone[],
  told: Told,
  answers: readonly Answer[],
) {
  let [receipted, lost] = [0, 0];
  for (const phone of phonesNow) {
    const entries = [...phone.receipted];
    const sql = 'select hash from scans where device = $1';
    const held = new Set((await node.ask('kakou', sql, [phone.device])).map((row) => row['hash']));
    receipted += entries.length;
    lost += entries.filter(({ hash }) => !held.has(hash)).length;
  }
  const wrong = answers.flatMap(({ kind, said = '' }) => (kind === 'wrong' ? [said] : []));
  const first = told.promotedAt === undefined ? undefined : firstReceipt(answers, told.promotedAt);
  const isSlow = first && first.at - (told.promotedAt ?? 0) > answeredLimitS * 1000;
  return {
    receipted,
    lost,
    wrong: [
      ...wrong,
      ...(told.wrong === undefined ? [] : [told.wrong]),
      ...(lost > 0 ? [`${lost} receipted entries are lost`] : []),
      ...(isSlow ? [`answered over ${answeredLimitS} s after the promotion`] : []),
    ],
  };
}
