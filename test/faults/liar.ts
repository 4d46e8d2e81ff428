import { toBase64url } from '../../src/core/base64url.ts';
import { buildBatch } from '../../src/core/log/batch.ts';
import { appendEntry } from '../../src/core/log/chain.ts';
import { emptyHead, type LogEntry } from '../../src/core/log/entry.ts';
import { canonicalJson } from '../../src/core/log/jcs.ts';
import { epochMillis, toSeconds } from '../../src/core/units.ts';
import type { Sql } from '../../src/node/database.ts';
import { enrolDemo } from '../../src/scanner/app/enrol/enrol.ts';
import type { Enrolment } from '../../src/scanner/app/stores.ts';
import { memoryDeviceStore } from '../support/fakes/memory-device-store.ts';
import { until } from '../support/in-time.ts';

const random = (length: number) => crypto.getRandomValues(new Uint8Array(length));
const patienceMs = 60_000;

interface Pair {
  readonly kept: LogEntry;
  readonly refused: LogEntry;
}

export type Liar = Awaited<ReturnType<typeof createLiar>>;

/**
 * A genuine device that writes two different entries at each seq, as one put back to an older state
 * would, and sends them to two replicas at once. The hub keeps one and puts the other in quarantine.
 */
export async function createLiar(origin: (replica: number) => string, now: () => number) {
  const device = memoryDeviceStore();
  const remote = {
    online: () => true,
    post: async (path: string, body: string) => {
      const answer = await post(`${origin(0)}${path}`, body);
      return { kind: 'answer' as const, status: answer.status, body: await bytesOf(answer) };
    },
  };
  await until('the liar to enrol', patienceMs, async () => {
    const parts = { remote: remote as never, device, random };
    return (await enrolDemo(parts, epochMillis(now()))).ok;
  });
  const enrolment = (await device.enrolment()) as Enrolment;
  const pairs: Pair[] = [];
  let misses = 0;

  async function send(entry: LogEntry, replica: number): Promise<string> {
    let said = '';
    await until('an answer to the liar', patienceMs, async () => {
      said = await upload(origin(replica), entry, enrolment, now()).catch(() => '');
      return said !== '';
    });
    return said;
  }

  async function fork(): Promise<void> {
    const head = pairs.at(-1)?.kept ?? emptyHead;
    const facts = { device: enrolment.device, gate: enrolment.gate.id, shift: 's', app: '0' };
    const at = epochMillis(Math.round(now()));
    const write = (scans: number) =>
      appendEntry(head, { ...facts, at, quality: 'synced', body: { type: 'shift-end', scans } });
    const [one, two] = await Promise.all([write(1), write(2)]);
    const [first, second] = await Promise.all([send(one, 0), send(two, 1)]);
    const isOneKept = [first, second].sort().join() === 'fork,kept';
    if (!isOneKept) misses++;
    pairs.push(first === 'kept' ? { kept: one, refused: two } : { kept: two, refused: one });
  }

  return {
    device: enrolment.device,
    /** One more seq with two entries. */
    fork,
    /** Everything again, in order: a hub put back to an older state may lack some. */
    async repeat() {
      for (const { kept } of pairs) if ((await send(kept, 0)) !== 'kept') misses++;
      for (const { refused } of pairs) if ((await send(refused, 1)) !== 'fork') misses++;
    },
    /** How often the hub did not keep the one and put the other away. */
    async misses(sql: Sql): Promise<number> {
      const held = async (table: 'scans' | 'quarantine') => {
        const rows = await sql.query<{ entry: string }>(
          `select entry from ${table} where device = $1 order by seq`,
          [enrolment.device],
        );
        return rows.map(({ entry }) => entry).join('\n');
      };
      const text = (which: keyof Pair) =>
        pairs.map((pair) => canonicalJson(pair[which])).join('\n');
      const isRight =
        (await held('scans')) === text('kept') && (await held('quarantine')) === text('refused');
      return misses + (isRight ? 0 : 1);
    },
  };
}

const post = (url: string, body: string, type = 'application/json') =>
  fetch(url, {
    method: 'POST',
    headers: { 'content-type': type },
    body,
    signal: AbortSignal.timeout(10_000),
  });
const bytesOf = async (answer: Response) => new Uint8Array(await answer.arrayBuffer());

/** What became of the entry: `kept`, or the reason it is in quarantine; rejects without an answer. */
async function upload(
  origin: string,
  entry: LogEntry,
  { device, privateKey }: Enrolment,
  now: number,
): Promise<string> {
  const ids = { batch: toBase64url(random(12)), nonce: toBase64url(random(12)) };
  const draft = { device, entries: [entry] as const, iat: toSeconds(epochMillis(now)), ...ids };
  const batch = await buildBatch(draft, privateKey);
  const answer = await post(`${origin}/v1/scans`, batch, 'application/jose');
  if (answer.status !== 200) throw new Error('not taken');
  const { results } = (await answer.json()) as { results: { result: string; reason?: string }[] };
  const [{ result = '', reason = '' } = {}] = results;
  return result === 'quarantined' ? reason : 'kept';
}
