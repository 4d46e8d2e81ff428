import { gzipSync } from 'node:zlib';
import { toBase64url } from '../../src/core/base64url.ts';
import type { LogEntry } from '../../src/core/log/entry.ts';
import { openReceipt } from '../../src/core/log/receipt.ts';
import { parseBundle } from '../../src/core/trust/bundle.ts';
import { peekSignedFile } from '../../src/core/trust/signed-file.ts';
import { enrol } from '../bench/hub-load.ts';
import type { Dice } from '../faults/dice.ts';
import { chainedLog } from '../support/chained-log.ts';
import { pause } from '../support/in-time.ts';
import { someScan } from '../support/log-entries.ts';
import { batchOf, type TestDevice } from '../support/test-hub.ts';

/** What became of one upload, in milliseconds of `performance.now`. */
export interface Answer {
  readonly sentAt: number;
  readonly at: number;
  /** `receipt`: 200 with a good one of all that was sent; `unavailable`: 503 with its problem document. */
  readonly kind: 'receipt' | 'unavailable' | 'wrong';
  /** What was wrong. */
  readonly said?: string;
}

export interface Phone {
  readonly device: string;
  /** Every entry for which a good receipt is held. */
  readonly receipted: readonly LogEntry[];
}

type Keys = Parameters<typeof openReceipt>[1];

/** A phone waits so long for a word (protocol 7); the hub promises less. */
const silenceMs = 20_000;
const betweenMs = 150;

/** Phones that upload what they scan, one batch after another, at whichever hub; the same again until receipted. */
export async function startPhones(origins: readonly string[], count: number, dice: Dice) {
  const [first = ''] = origins;
  const ask = (path: string, init: RequestInit) => fetch(first + path, init);
  const keys = await receiptKeys(first);
  const answers: Answer[] = [];
  const devices: TestDevice[] = [];
  for (let i = 0; i < count; i++) devices.push(await enrol(ask));
  let stopped = false;

  async function live(device: TestDevice, log: LogEntry[]): Promise<void> {
    while (!stopped) {
      const entries = await next(device, log, 1 + dice.whole(8));
      const body = Uint8Array.from(gzipSync(await batchOf(device, entries)));
      for (let hub = dice.whole(origins.length); !stopped; hub++) {
        const answer = await upload(origins[hub % origins.length] ?? '', body, entries, keys);
        answers.push(answer);
        if (answer.kind === 'receipt') log.push(...entries);
        await pause(betweenMs);
        if (answer.kind === 'receipt') break;
      }
    }
  }

  const phones = devices.map((device) => {
    const receipted: LogEntry[] = [];
    return { device: device.id, receipted, done: live(device, receipted) };
  });
  return {
    phones: phones as readonly Phone[],
    answers: answers as readonly Answer[],
    async stop() {
      stopped = true;
      await Promise.all(phones.map(({ done }) => done));
    },
  };
}

async function receiptKeys(origin: string): Promise<Keys> {
  const file = new Uint8Array(await (await fetch(`${origin}/v1/bundle`)).arrayBuffer());
  const payload = peekSignedFile(file, file.length);
  const bundle = parseBundle(payload.ok ? payload.value : undefined);
  if (!bundle.ok) throw new Error('the hub has no bundle');
  return bundle.value.hub.receiptKeys;
}

function next({ id: device }: TestDevice, log: readonly LogEntry[], count: number) {
  const last = log.at(-1);
  const bodies = Array.from({ length: count }, () => ({
    ...someScan,
    jti: toBase64url(crypto.getRandomValues(new Uint8Array(12))),
  }));
  const head = last && { seq: last.seq, hash: last.hash };
  return chainedLog(bodies, { device, from: Date.now(), stepMs: 1, ...(head && { head }) });
}

async function upload(
  origin: string,
  body: Uint8Array<ArrayBuffer>,
  entries: readonly LogEntry[],
  keys: Keys,
): Promise<Answer> {
  const sentAt = performance.now();
  const told = (kind: Answer['kind'], said?: string): Answer => ({
    ...{ sentAt, at: performance.now(), kind },
    ...(said !== undefined && { said }),
  });
  try {
    const answer = await fetch(`${origin}/v1/scans`, {
      method: 'POST',
      body,
      headers: { 'content-encoding': 'gzip', 'content-type': 'application/jose' },
      signal: AbortSignal.timeout(silenceMs),
    });
    const text = await answer.text();
    if (answer.status === 503) return told(...unavailable(answer.headers, text));
    if (answer.status !== 200) return told('wrong', `${answer.status} ${text.slice(0, 200)}`);
    const wrong = await wrongReceipt(text, entries, keys);
    return wrong === undefined ? told('receipt') : told('wrong', wrong);
  } catch (error) {
    return told('wrong', `no answer: ${error instanceof Error ? error.name : error}`);
  }
}

function unavailable(headers: Headers, text: string): ['unavailable' | 'wrong', string?] {
  const isProblem = headers.get('content-type')?.startsWith('application/problem+json') ?? false;
  const isWhole = isProblem && headers.has('retry-after') && text.includes('"unavailable"');
  return isWhole ? ['unavailable'] : ['wrong', `503 ${text.slice(0, 200)}`];
}

/** Undefined when it is one, about the last entry sent. */
async function wrongReceipt(
  text: string,
  entries: readonly LogEntry[],
  keys: Keys,
): Promise<string | undefined> {
  const { receipt } = JSON.parse(text) as { receipt: string };
  const opened = await openReceipt(Buffer.from(receipt), keys);
  if (!opened.ok) return `receipt: ${opened.error}`;
  const last = entries.at(-1);
  const { device, seq, head } = opened.value;
  if (device === last?.device && seq === last.seq && head === last.hash) return undefined;
  return `receipt of ${seq} instead of ${last?.seq}`;
}
