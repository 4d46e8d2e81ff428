import { decode, encode } from 'cborg';
import { toBase64url } from '../../src/core/base64url.ts';
import { concat } from '../../src/core/bytes.ts';
import { fromBase45, toBase45 } from '../../src/core/pass/base45.ts';

/** A seeded stream of numbers below `n` (mulberry32): the same seed, the same run. */
export function seeded(seed: number): (n: number) => number {
  let state = seed >>> 0;
  return (n) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % n;
  };
}

type Random = (n: number) => number;
type Mutation = (text: string, other: string, random: Random) => string;

const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
const isPair = (text: string) => text.startsWith('KK2:');
const isJwt = (text: string) => text.startsWith('ey');
const bytesOf = (text: string): Uint8Array => fromBase45(text.slice(4)) ?? new Uint8Array(1);
const textOf = (like: string, bytes: Uint8Array): string => like.slice(0, 4) + toBase45(bytes);
const partsOf = (bytes: Uint8Array): unknown[] => decode(bytes, { useMaps: true }) as unknown[];
const jwtBytes = (part: string): Uint8Array => Buffer.from(part, 'base64url');

function flip(bytes: Uint8Array, random: Random): Uint8Array {
  const copy = Uint8Array.from(bytes);
  for (let n = 1 + random(3); n > 0; n--)
    copy[random(copy.length)] = random(2)
      ? random(256)
      : (copy[random(copy.length)] ?? 0) ^ (1 << random(8));
  return copy;
}

/** Changes one of the byte strings a token is made of. */
function inPart(
  text: string,
  change: (bytes: Uint8Array, index: number) => Uint8Array,
  index: number,
): string {
  if (isJwt(text)) {
    const at = Math.min(index, 2);
    return text
      .split('.')
      .map((part, i) => (i === at ? toBase64url(change(jwtBytes(part), i)) : part))
      .join('.');
  }
  const parts = partsOf(bytesOf(text));
  const changed = parts.map((part, i) =>
    i === index && part instanceof Uint8Array ? change(part, i) : part,
  );
  return textOf(text, encode(changed));
}

/** The same bytes signed, the other signature that fits them: (r, n − s). */
export function twin(text: string): string {
  if (isJwt(text)) return inPart(text, mirrored, 2);
  if (!isPair(text)) return inPart(text, mirrored, 3);
  return inPart(
    text,
    (stamp) =>
      encode(partsOf(stamp).map((part, i) => (i === 3 ? mirrored(part as Uint8Array) : part))),
    1,
  );
}

function mirrored(signature: Uint8Array): Uint8Array {
  const s = BigInt(`0x${Buffer.from(signature.subarray(32)).toString('hex')}`);
  return concat(
    signature.subarray(0, 32),
    Buffer.from((order - s).toString(16).padStart(64, '0'), 'hex'),
  );
}

const characters =
  '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:abcdefghijklmnopqrstuvwxyz_=\n\r\u0000\ufeff张';
const cut = (text: string, random: Random) => random(text.length + 1);

const inText: Mutation[] = [
  (text, _, random) => {
    const i = cut(text, random);
    return (
      text.slice(0, i) + (characters[random(characters.length)] ?? '') + text.slice(i + random(2))
    );
  },
  (text, other, random) => text.slice(0, cut(text, random)) + other.slice(cut(other, random)),
  (text, other, random) => {
    const i = cut(text, random);
    return text.slice(0, i) + other.slice(i);
  },
  (text, _, random) => text.slice(0, cut(text, random)),
  (text, _, random) => text + (characters[random(characters.length)] ?? '').repeat(1 + random(3)),
  (text, _, random) => (random(2) ? text.toLowerCase() : text.toUpperCase()),
  (text, other, random) => (random(2) ? text + other : `${text}\n${other}`),
  (text, _, random) => ['KK1:', 'KK2:', 'kk1:', 'KK3:', ''][random(5)] + text.slice(4),
];

const inBytes: Mutation[] = [
  (text, _, random) =>
    isJwt(text)
      ? inPart(text, (bytes) => flip(bytes, random), random(3))
      : textOf(text, flip(bytesOf(text), random)),
  (text, _, random) => inPart(text, (bytes) => flip(bytes, random), random(4)),
  (text, other, random) => swapPart(text, other, random(4)),
  (text, other) => swapPart(text, other, 0),
  (text, _, random) => inPart(text, (bytes) => withKid(bytes, random), 0),
  (text, _, random) => reencoded(text, random(6)),
  (text, _, random) =>
    inPart(text, (bytes) => bytes.subarray(0, random(bytes.length + 1)), random(4)),
  (text, _, random) =>
    inPart(text, (bytes) => concat(bytes, Uint8Array.from([random(256)])), random(4)),
  (text) => twin(text),
];

/** The header, payload or signature of another token in place of this one's. */
function swapPart(text: string, other: string, index: number): string {
  if (isJwt(text) !== isJwt(other)) return text + other;
  if (isJwt(text)) {
    const parts = other.split('.');
    return text
      .split('.')
      .map((part, i) => (i === index % 3 ? parts[i] : part))
      .join('.');
  }
  const parts = partsOf(bytesOf(other));
  return textOf(
    text,
    encode(partsOf(bytesOf(text)).map((part, i) => (i === index ? (parts[i] ?? part) : part))),
  );
}

/** Another kid of the same length or none, in JSON or CBOR. */
function withKid(header: Uint8Array, random: Random): Uint8Array {
  const kids = ['l1', 'c1', 'p1', 's1', 'l2', 'L1'];
  const latin = Buffer.from(header).toString('latin1');
  return Buffer.from(latin.replace(/[lcps]1/, kids[random(kids.length)] ?? ''), 'latin1');
}

/** The same content spelled another way. */
function reencoded(text: string, way: number): string {
  if (isJwt(text)) {
    const respell = (bytes: Uint8Array) => {
      const json = Buffer.from(bytes).toString();
      const ways = [
        json.replace(',', ', '),
        `${json}\n`,
        json.replace('"', ' "'),
        json.replace(/(\d)([,}])/, '$1.0$2'),
        json.replace('{', '{"iss":"CN-TJ",'),
        `\ufeff${json}`,
      ];
      return Buffer.from(ways[way] ?? json);
    };
    return inPart(text, respell, way % 2);
  }
  const bytes = bytesOf(text);
  const body = bytes.subarray(1);
  const count = isPair(text) ? 2 : 4;
  const ways = [
    concat(Uint8Array.from([0x98, count]), body),
    concat(Uint8Array.from([0x9f]), body, Uint8Array.from([0xff])),
    concat(Uint8Array.from([0xd2]), bytes),
    concat(bytes, Uint8Array.from([0])),
    concat(Uint8Array.from([0x99, 0, count]), body),
    concat(Uint8Array.from([0xd8, 0x3d, 0xd2]), bytes),
  ];
  return textOf(text, ways[way] ?? bytes);
}

const mutations = [...inText, ...inBytes];

/** One to three mutations, one after another; `pool` gives the other halves. */
export function mutate(text: string, pool: readonly string[], random: Random): string {
  let bent = text;
  for (let n = 1 + (random(4) === 0 ? random(3) : 0); n > 0; n--) {
    const change = mutations[random(mutations.length)];
    const other = pool[random(pool.length)] ?? text;
    try {
      bent = change?.(bent, other, random) ?? bent;
    } catch {
      bent += ' '; // bent too far already to be taken apart
    }
  }
  return bent;
}
