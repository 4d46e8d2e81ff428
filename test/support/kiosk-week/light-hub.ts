import { createHash } from 'node:crypto';
import type { Authority } from '../../../src/authority/publisher.ts';
import { toBase64url } from '../../../src/core/base64url.ts';
import { openBatch } from '../../../src/core/log/batch.ts';
import { emptyHead, type LogEntry } from '../../../src/core/log/entry.ts';
import { importPublicKey } from '../../../src/core/suite.ts';
import { type EpochMillis, toSeconds } from '../../../src/core/units.ts';
import { demoAuthority } from '../../../src/demo/demo-authority.ts';
import { batchTools } from '../../../src/node/crypto/batch-tools.ts';
import type { Remote, RemoteAnswer } from '../../../src/ports/remote.ts';
import type { Enrolment } from '../../../src/scanner/app/stores.ts';
import { answer, type RemoteCall } from '../fakes/fake-remote.ts';

const json = (value: object) => answer(200, JSON.stringify(value));

/** A hub without a database: real signatures and real batches, its entries in memory. */
export async function lightHub(
  time: () => EpochMillis,
  device: Enrolment,
  /** Of several hubs: one set of files for all. */
  shared?: Authority,
) {
  const now = () => toSeconds(time());
  const authority = shared ?? (await demoAuthority({ now }));
  const key = await importPublicKey(device.publicJwk);
  const held = new Map<number, LogEntry>();
  let rivals = 0;

  async function scans(body: string): Promise<RemoteAnswer> {
    const opened = await openBatch(body, () => key, batchTools);
    if (!opened.ok) return answer(400);
    for (const { entry } of opened.value.entries) {
      if (!entry) rivals++;
      else if (!held.has(entry.seq)) held.set(entry.seq, entry);
      else if (held.get(entry.seq)?.hash !== entry.hash) rivals++;
    }
    let seq = 0;
    while (held.has(seq + 1)) seq++;
    const head = held.get(seq)?.hash ?? emptyHead.hash;
    const receipt = await authority.signReceipt({ device: device.device, seq, head, t: now() });
    return json({ results: [], receipt, trusted: true });
  }

  async function file(path: string): Promise<string | Uint8Array | undefined> {
    const [, , kind = '', id = '', day = ''] = path.split('/');
    if (kind === 'bundle') return authority.bundle(now());
    if (kind === 'lists') return authority.list(id, day);
    return kind === 'deltas' ? authority.delta(id) : undefined;
  }

  return {
    held,
    get rivals() {
      return rivals;
    },
    async handle({ method, path, body = '', etag }: RemoteCall): Promise<RemoteAnswer> {
      if (path === '/v1/time') {
        const { nonce } = JSON.parse(body) as { nonce: string };
        return answer(200, await authority.signTime(nonce, now()));
      }
      if (path === '/v1/scans') return scans(body);
      if (method === 'POST') return json({ trusted: true });
      const found = await file(path);
      if (found === undefined) return answer(404);
      const bytes = typeof found === 'string' ? new TextEncoder().encode(found) : found;
      const mark = toBase64url(createHash('sha256').update(bytes).digest());
      return mark === etag ? answer(304, '', mark) : answer(200, Uint8Array.from(bytes), mark);
    },
  };
}

/** The way to it, which a test can cut, and which ends with the page. */
export function lineTo(
  hub: Pick<Awaited<ReturnType<typeof lightHub>>, 'handle'>,
  isUp: () => boolean,
): Remote {
  const send = async (call: RemoteCall): Promise<RemoteAnswer> =>
    isUp() ? hub.handle(call) : { kind: 'offline' };
  return {
    origin: 'http://localhost',
    get: (path, options) => send({ method: 'GET', path, ...options }),
    post: (path, body, options) => send({ method: 'POST', path, body, ...options }),
    online: isUp,
  };
}
