import { generateKey, type NamedKey, publicHalf, signerOf } from '../../src/authority/keys.ts';
import { pinOf } from '../../src/authority/lists/pins.ts';
import { signStatusList } from '../../src/authority/lists/status-list.ts';
import { signFile } from '../../src/authority/sign-file.ts';
import { limits } from '../../src/core/limits.ts';
import type { Bundle, ListPin } from '../../src/core/trust/bundle.ts';
import { peekSignedFile } from '../../src/core/trust/signed-file.ts';
import { type Bytes, epochSeconds } from '../../src/core/units.ts';
import { demoKeys } from '../../src/demo/demo-keys.ts';
import type { RemoteAnswer } from '../../src/ports/remote.ts';
import type { DatedFault } from './fault-plan.ts';

const keys = demoKeys();
const dayMs = 24 * 3_600_000;

/** A bundle instead of the hub's: `over` is the version of the hub's own. */
interface Played {
  readonly over: number;
  readonly version: number;
  readonly aheadS: number;
}

export type WrongDates = ReturnType<typeof createWrongDates>;

/**
 * What the authority and the hub say to one phone, genuinely signed and dated wrongly, until they are
 * put right. The hub's next bundle ends it, once its version is above all that were played: an
 * authority never goes back, and signs a version once.
 */
export function createWrongDates() {
  let armed: { kind: DatedFault; aheadMs: number } | undefined;
  let bundle: Played | undefined;
  let list: { issuer: string; pin: ListPin; body: Bytes } | undefined;
  let timeKey: NamedKey = keys.time;
  let onStruck = (_: DatedFault) => {};
  let published: { version: number; file: Bytes } | undefined;

  function strikes(kind: DatedFault): number {
    if (armed?.kind !== kind) return 0;
    const { aheadMs } = armed;
    armed = undefined;
    onStruck(kind);
    return aheadMs;
  }

  async function bundleAnswer(body: Bytes): Promise<Bytes> {
    const real = peek<Bundle>(body);
    const aheadS = Math.round(strikes('bundle-dated-ahead') / 1000);
    const listAheadS = Math.round(strikes('list-dated-ahead') / 1000);
    if (listAheadS > 0) list = await datedList(real, listAheadS);
    const isRotated = strikes('key-rotation') > 0;
    if (isRotated) timeKey = await generateKey('time-2');
    if (aheadS > 0 || isRotated || listAheadS > 0) {
      bundle = { over: real.version, version: (bundle?.version ?? real.version) + 1, aheadS };
    }
    if (!bundle || real.version > bundle.version) {
      bundle = undefined;
      list = undefined;
      timeKey = keys.time;
      return body;
    }
    if (real.version > bundle.over) {
      bundle = { over: real.version, version: bundle.version + 1, aheadS: 0 };
      list = undefined;
    }
    const { version } = bundle;
    if (published?.version !== version) published = { version, file: await play(real, bundle) };
    return published.file;
  }

  async function play(real: Bundle, { version, aheadS }: Played): Promise<Bytes> {
    const dates = { iat: real.iat + aheadS, exp: real.exp + aheadS };
    const hub = { ...real.hub, timeKeys: [publicHalf(timeKey)] };
    const issuers = real.issuers.map((entry) =>
      entry.id === list?.issuer ? { ...entry, list: list.pin } : entry,
    );
    const signers = await Promise.all(keys.bundle.map(signerOf));
    return signFile('kakou-bundle+jws', { ...real, ...dates, version, hub, issuers }, signers);
  }

  async function timeAnswer(body: Bytes): Promise<Bytes> {
    const said = peek<{ t: number; exp: number }>(body);
    const by = Math.round(strikes('time-dated-ahead') / 1000);
    if (by === 0 && timeKey === keys.time) return body;
    const next = { ...said, t: said.t + by, exp: said.exp + by };
    return signFile('kakou-time+jws', next, [await signerOf(timeKey)]);
  }

  async function uploadAnswer(body: Bytes): Promise<Bytes> {
    const by = Math.round(strikes('receipt-dated-ahead') / 1000);
    if (by === 0) return body;
    const answer = JSON.parse(Buffer.from(body).toString()) as { receipt: string };
    const said = peek<{ t: number }>(Buffer.from(answer.receipt));
    const signer = await signerOf(keys.receipt);
    const receipt = await signFile('kakou-receipt+jws', { ...said, t: said.t + by }, [signer]);
    return Uint8Array.from(Buffer.from(JSON.stringify({ ...answer, receipt: text(receipt) })));
  }

  return {
    /** The next answer that fits is dated so far ahead. */
    arm(kind: DatedFault, aheadMs: number, struck: (kind: DatedFault) => void) {
      armed = { kind, aheadMs: Math.max(1, Math.min(aheadMs, 20 * dayMs)) };
      onStruck = struck;
    },
    /** The authority publishes a bundle with the right date. */
    mend() {
      armed = undefined;
      list = undefined;
      if (bundle) bundle = { ...bundle, version: bundle.version + 1, aheadS: 0 };
    },
    /** A bundle must come whole to be dated anew. */
    needsBody: (path: string) =>
      path === list?.pin.uri ||
      (path === '/v1/bundle' && (bundle !== undefined || armed !== undefined)),
    async rewrite(path: string, answer: RemoteAnswer): Promise<RemoteAnswer> {
      if (answer.kind !== 'answer' || answer.status !== 200) return answer;
      const rewrites: Record<string, (body: Bytes) => Promise<Bytes>> = {
        '/v1/bundle': bundleAnswer,
        '/v1/time': timeAnswer,
        '/v1/scans': uploadAnswer,
      };
      const body = path === list?.pin.uri ? list.body : await rewrites[path]?.(answer.body);
      if (!body || body === answer.body) return answer;
      const { etag: _, ...rest } = answer;
      return { ...rest, body };
    },
  };
}

/** One issuer's list of the day, dated ahead of the bundle that pins it. */
async function datedList(real: Bundle, aheadS: number) {
  const entry = real.issuers.find(({ list }) => list !== undefined);
  const key = entry && keys.issuers[entry.id]?.list;
  if (!entry?.list || !key) throw new Error('no issuer of the demo has a list');
  const { uri, day, size, bits, version } = entry.list;
  const iat = epochSeconds(real.iat + aheadS);
  const exp = epochSeconds(iat + limits.bundleS);
  const signed = await signStatusList(
    { uri, iat, exp, bits, size, statuses: {} },
    await signerOf(key),
  );
  const pin: ListPin = { uri, day, size, bits, version, ...(await pinOf(signed)) };
  return { issuer: entry.id, pin, body: Uint8Array.from(Buffer.from(signed)) };
}

const text = (bytes: Bytes): string => Buffer.from(bytes).toString();

function peek<T>(file: Uint8Array): T {
  const opened = peekSignedFile(file, 1 << 20);
  if (!opened.ok) throw new Error(opened.error);
  return opened.value as T;
}
