import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Context } from 'hono';
import type { Bytes } from '../../core/units.ts';

type Coding = 'br' | 'gzip';

/** Some bytes to be served, with their validator; compressed once per coding, at first use. */
export interface Representation {
  readonly bytes: Bytes;
  readonly type: string;
  readonly cacheControl: string;
  /** Weak: one validator for every content coding (RFC 9110 section 8.8.3). Without a coding it is sent strong. */
  readonly etag: string;
  readonly coded: Map<Coding, Promise<Bytes>>;
}

export function representation(bytes: Bytes, type: string, cacheControl: string): Representation {
  const digest = createHash('sha256').update(bytes).digest('base64url').slice(0, 27);
  return { bytes, type, cacheControl, etag: `W/"${digest}"`, coded: new Map() };
}

/**
 * Answers a GET: 304 when the client has it (RFC 9110 section 13.1.2), the rest of it where the line
 * broke off before (section 14), else the whole in the best coding.
 */
export async function respond(context: Context, it: Representation): Promise<Response> {
  const caching = { 'cache-control': it.cacheControl, vary: 'accept-encoding' };
  const headers = { etag: it.etag, ...caching, 'accept-ranges': 'bytes' };
  if (matches(context.req.header('if-none-match'), it.etag))
    return context.body(null, 304, headers);
  const from = restFrom(context, it);
  if (from !== undefined) {
    const size = it.bytes.length;
    const range = from < size ? `bytes ${from}-${size - 1}/${size}` : `bytes */${size}`;
    const type = { etag: strong(it), 'content-type': it.type, 'content-range': range };
    if (from >= size) return context.body(null, 416, { ...headers, ...type });
    return context.body(it.bytes.slice(from), 206, { ...headers, ...type });
  }
  const coding = isWorthIt(it) ? chooseCoding(context.req.header('accept-encoding')) : undefined;
  const bytes = coding ? await inCoding(it, coding) : it.bytes;
  return context.body(bytes, 200, {
    ...headers,
    // strong: a cache in between gives the rest of it by this and by nothing else (section 13.1.5)
    ...(coding ? {} : { etag: strong(it) }),
    'content-type': it.type,
    ...(coding ? { 'content-encoding': coding } : {}),
  });
}

/** Without a coding one validator is one string of bytes. */
const strong = ({ etag }: Representation): string => etag.replace(/^W\//, '');

/** `bytes=N-` of the very file the client began with; any other range is answered with the whole. */
function restFrom({ req }: Context, it: Representation): number | undefined {
  const range = /^bytes=(\d{1,15})-$/.exec(req.header('range') ?? '');
  const ifRange = req.header('if-range');
  const isSame = ifRange === undefined || ifRange === strong(it);
  return range && isSame ? Number(range[1]) : undefined;
}

function matches(header: string | undefined, etag: string): boolean {
  const opaque = (tag: string) => tag.trim().replace(/^W\//, '');
  return (header ?? '')
    .split(',')
    .some((tag) => tag.trim() === '*' || opaque(tag) === opaque(etag));
}

const isWorthIt = ({ bytes, type }: Representation): boolean =>
  bytes.length > 1024 && /^text\/|json|javascript|wasm|svg|jwt/.test(type);

function chooseCoding(header = ''): Coding | undefined {
  const wanted = header
    .split(',')
    .map((item) => item.trim().split(/\s*;\s*/))
    .filter(([, quality]) => !/^q=0(\.0*)?$/.test(quality ?? ''))
    .map(([name]) => name);
  return (['br', 'gzip'] as const).find((coding) => wanted.includes(coding));
}

function inCoding(it: Representation, coding: Coding): Promise<Bytes> {
  const known = it.coded.get(coding);
  if (known) return known;
  const coded = compress(it.bytes, coding);
  it.coded.set(coding, coded);
  return coded;
}

async function compress(bytes: Bytes, coding: Coding): Promise<Bytes> {
  const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 7 } };
  const out =
    coding === 'br'
      ? await promisify(brotliCompress)(bytes, quality)
      : await promisify(gzip)(bytes, { level: 7 });
  return Uint8Array.from(out);
}
