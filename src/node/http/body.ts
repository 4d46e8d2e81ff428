import { constants, gunzipSync } from 'node:zlib';
import { concat, fromUtf8 } from '../../core/bytes.ts';
import { err, ok, type Result } from '../../core/result.ts';
import { type Bodies, type Share, silenceMs } from './bodies.ts';

export type BodyProblem =
  | 'too-large'
  | 'bad-encoding'
  | 'unsupported-encoding'
  | 'malformed'
  | 'busy'
  | 'too-slow';

export interface BodyRules<P> {
  /** On the wire and unpacked, each. */
  readonly maxBytes: number;
  readonly bodies: Bodies;
  /** Sees the first characters as soon as they are there; a problem ends the reading, a number is a lower `maxBytes` for the text. */
  readonly judge?: (beginning: string) => Promise<P | number | undefined>;
  /** Milliseconds without a byte; default 20 s. */
  readonly silenceMs?: number;
}

/** A text, and how to give its part of the budget back once it is done with. */
export interface Body {
  readonly text: string;
  done(): void;
}

export interface BodyReader {
  /** `isLast`: nothing follows, without asking again. */
  read(): Promise<{ readonly value?: Uint8Array | undefined; readonly isLast?: boolean }>;
  cancel(): Promise<void>;
}

/** What is read of a request, a web `Request` or one of node. */
export interface BodySource {
  readonly headers: { get(name: string): string | null };
  readonly body: { getReader(): BodyReader } | null;
}

/** Bytes that hold the header of any token of ours, packed or not. */
const beginningBytes = 512;

/**
 * The text of a request body, gunzipped if need be and never more than `maxBytes`. It is unpacked
 * only when all of it has come, at one go, so that a body that comes slowly holds its few bytes and
 * nothing else, and never while `judge` has something against it.
 */
export async function readBody<P extends string = never>(
  request: BodySource,
  rules: BodyRules<P>,
): Promise<Result<Body, BodyProblem | P>> {
  const encoding = request.headers.get('content-encoding') ?? 'identity';
  if (encoding !== 'gzip' && encoding !== 'identity') return err('unsupported-encoding');
  if (Number(request.headers.get('content-length') ?? 0) > rules.maxBytes) return err('too-large');
  const reader = request.body?.getReader();
  let isCut = false;
  const cut = () => {
    isCut = true;
    void reader?.cancel().catch(() => undefined);
  };
  const share = rules.bodies.begin(cut);
  const timer = setTimeout(cut, rules.silenceMs ?? silenceMs);
  const read = await collect(reader, encoding === 'gzip', rules, { share, timer })
    .catch((thrown: unknown) => {
      share.end(); // what `judge` threw is no fault of the body: the hub's answer, not the sender's
      throw thrown;
    })
    .finally(() => clearTimeout(timer));
  share.complete();
  const text = isCut ? err('too-slow' as const) : read;
  if (text.ok && share.grow(2 * text.value.length)) {
    return ok({ text: text.value, done: share.end });
  }
  share.end();
  if (!isCut) await reader?.cancel().catch(() => undefined);
  return text.ok ? err('busy') : text;
}

async function collect<P extends string>(
  reader: BodyReader | undefined,
  isPacked: boolean,
  { maxBytes, judge }: BodyRules<P>,
  { share, timer }: { share: Share; timer: NodeJS.Timeout },
): Promise<Result<string, BodyProblem | P>> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  let isJudged = judge === undefined;
  let maxText = maxBytes;
  for (let isWhole = reader === undefined; ; ) {
    if (!isJudged && (isWhole || length >= beginningBytes)) {
      isJudged = true;
      const small = isWhole && isPacked ? unpackSmall(joined(chunks)) : undefined;
      const verdict = await judge?.(
        small?.slice(0, beginningBytes) ?? beginningOf(joined(chunks), isPacked),
      );
      if (typeof verdict === 'string') return err(verdict);
      maxText = verdict ?? maxBytes;
      if (small !== undefined && small.length <= maxText) return ok(small);
    }
    if (isWhole) return unpack(joined(chunks), isPacked, maxText);
    const next = await reader?.read().catch(() => 'broken' as const);
    if (next === 'broken') return err('bad-encoding');
    const value = next?.value;
    timer.refresh();
    isWhole = value === undefined || next?.isLast === true;
    length += value?.length ?? 0;
    if (length > maxBytes) return err('too-large');
    if (value && !share.grow(value.length)) return err('busy');
    if (value) chunks.push(value);
  }
}

const joined = (chunks: readonly Uint8Array[]): Uint8Array => {
  const [first, second] = chunks;
  return first && !second ? first : concat(...chunks);
};

/** One that has come whole and is small costs as much to look into as to unpack: ASCII, or not read here. */
const small = { packed: 4096, unpacked: 32 * 1024 } as const;

function unpackSmall(bytes: Uint8Array): string | undefined {
  if (bytes.length > small.packed) return undefined;
  try {
    const text = gunzipSync(bytes, { maxOutputLength: small.unpacked }).toString('latin1');
    return /^[\x20-\x7e]*$/.test(text) ? text : undefined;
  } catch {
    return undefined;
  }
}

/** What can be seen of the text in the first bytes; at most 1,032 times as many. */
function beginningOf(bytes: Uint8Array, isPacked: boolean): string {
  const first = bytes.subarray(0, beginningBytes);
  try {
    const seen = isPacked ? gunzipSync(first, { finishFlush: constants.Z_SYNC_FLUSH }) : first;
    return Buffer.from(seen.subarray(0, beginningBytes)).toString('latin1');
  } catch {
    return '';
  }
}

function unpack(
  bytes: Uint8Array,
  isPacked: boolean,
  maxOutputLength: number,
): Result<string, BodyProblem> {
  try {
    if (bytes.length > maxOutputLength) return err('too-large');
    const text = fromUtf8(isPacked ? gunzipSync(bytes, { maxOutputLength }) : bytes);
    return text === undefined ? err('malformed') : ok(text);
  } catch (error) {
    const isTooLarge = error instanceof RangeError;
    return err(isTooLarge ? 'too-large' : 'bad-encoding');
  }
}

/** The text of a small body, whose part of the budget ends with the reading. */
export async function readText(
  request: BodySource,
  maxBytes: number,
  bodies: Bodies,
): Promise<Result<string, BodyProblem>> {
  const body = await readBody(request, { maxBytes, bodies });
  if (!body.ok) return body;
  body.value.done();
  return ok(body.value.text);
}
