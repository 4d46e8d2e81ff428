/** The passes the vectors are made of, and the list they are gathered in. */
import type { Reason, VerdictState } from '../../src/core/verify/verdict.ts';
import { at, type Claims, cwt, dayClaims, good, jwt, offline, paper, signer } from './passes.ts';
import type { VectorCase } from './vector-case.ts';

export type Ending = `${VerdictState}/${Reason}`;
type Where = Partial<Omit<VectorCase, 'name' | 'text' | 'expect'>>;
type Maker = (over?: Claims, ageS?: number) => Promise<string>;

export const cases: VectorCase[] = [];
let ids = 0;
/** Ids count up, so that making the file again changes signatures and nothing else. */
const id = () => Uint8Array.from([...Buffer.from('kakou-'), 0, 0, 0, 0, ++ids >> 8, ids & 255]);

export async function add(
  name: string,
  text: string | Promise<string>,
  ending: Ending,
  where: Where = {},
) {
  const [state, reason] = ending.split('/') as [VerdictState, Reason];
  const home = {
    trust: `demo@${at}`,
    now: at,
    gate: 'demo-gate',
    venue: 'residential',
    region: 'CN-TJ',
  } as const;
  cases.push({ name, text: await text, ...home, ...where, expect: { state, reason } });
}

const timed = (over: Claims, ageS: number, lifetime: number): Claims => ({
  iat: at - ageS,
  exp: at - ageS + lifetime,
  jti: id(),
  ...over,
});
const issuerOf = (over: Claims) => String(over['iss'] ?? 'CN-TJ');

export const live: Maker = async (over = {}, ageS = 3) =>
  cwt({ claims: good(timed(over, ageS, 60)), by: await signer('live', issuerOf(over)) });
export const liveJwt: Maker = async (over = {}, ageS = 3) =>
  jwt({ claims: good(timed(over, ageS, 60)), by: await signer('live', issuerOf(over)) });
export const day: Maker = async (over = {}, ageS = 3) =>
  offline({
    credential: {
      typ: 'kc',
      by: await signer('credential', issuerOf(over)),
      claims: dayClaims(timed(over, 3600, 86_400)),
    },
    stamp: { claims: { iat: at - ageS, jti: id() } },
  });
const paperCwt: Maker = async (over = {}, ageS = 3) =>
  paper({
    claims: good(timed(over, ageS, 90 * 86_400)),
    by: await signer('paper', issuerOf(over)),
  });
const paperJwt: Maker = async (over = {}, ageS = 3) =>
  jwt({
    typ: 'kd+jwt',
    claims: good(timed(over, ageS, 90 * 86_400)),
    by: await signer('paper', issuerOf(over)),
  });

export const fresh: [string, Maker][] = [
  ['live CWT', live],
  ['live JWT', liveJwt],
  ['credential', day],
];
export const papers: [string, Maker][] = [
  ['paper CWT', paperCwt],
  ['paper JWT', paperJwt],
];
export const all = [...fresh, ...papers];
